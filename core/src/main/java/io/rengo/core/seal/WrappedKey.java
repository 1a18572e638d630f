package io.rengo.core.seal;

import io.rengo.core.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The data key of a sealed object as it stands in its header: wrapped by the key service, or, by a
/// member that the key service does not know, to the public key of the round. The latter is written
/// so, numbers little-endian; anything that does not begin so is the key service's own:
///
/// | byte | bytes | |
/// | --- | --- | --- |
/// | 0 | 8 | `RENGORK1` |
/// | 8 | 4 | bytes of the round's private key as the key service wrapped it |
/// | 12 | … | that key |
/// | … | 80 | the data key, sealed to the round's public key ([Hpke]) |
public sealed interface WrappedKey {
  /// Wrapped by the key service, in a form that only it knows.
  record ByService(ByteBuffer blob) implements WrappedKey {
    @Override
    public ByteBuffer encode() {
      return blob.duplicate();
    }
  }

  /// Sealed to a round's public key.
  ///
  /// @param roundKey the round's private key as the key service wrapped it
  /// @param message the data key as [Hpke] sealed it
  record ToRound(ByteBuffer roundKey, ByteBuffer message) implements WrappedKey {
    public ToRound {
      if (message.remaining() != MESSAGE) {
        throw new FormatException(12, "no data key has " + message.remaining() + " bytes sealed");
      }
      if (roundKey.remaining() < 1 || roundKey.remaining() > MAX_ROUND_KEY) {
        throw new FormatException(8, "no round's key has " + roundKey.remaining() + " bytes");
      }
    }

    @Override
    public ByteBuffer encode() {
      return ByteBuffer.allocate(FIXED + roundKey.remaining() + MESSAGE)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put(MAGIC_BYTES.duplicate())
          .putInt(roundKey.remaining())
          .put(roundKey.duplicate())
          .put(message.duplicate())
          .flip();
    }
  }

  /// The most bytes of a round's private key as the key service wraps it.
  int MAX_ROUND_KEY = 4096;

  /// Bytes of a sealed data key.
  int MESSAGE = DataKey.BYTES + Hpke.OVERHEAD;

  /// Bytes before the round's key.
  int FIXED = 12;

  /// What the first bytes are.
  ByteBuffer MAGIC_BYTES =
      ByteBuffer.wrap("RENGORK1".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();

  /// As it stands in the header.
  ByteBuffer encode();

  /// Reads what stands in a header; throws [FormatException] where it is broken.
  static WrappedKey read(ByteBuffer wrapped) {
    ByteBuffer in = wrapped.slice().order(ByteOrder.LITTLE_ENDIAN);
    int magic = MAGIC_BYTES.remaining();
    if (in.remaining() < magic || !in.slice(0, magic).equals(MAGIC_BYTES)) {
      return new ByService(in.asReadOnlyBuffer());
    }
    if (in.remaining() < FIXED + 1 + MESSAGE) {
      throw new FormatException(in.remaining(), "the wrapped key is cut short");
    }
    int roundKey = in.getInt(magic);
    if (roundKey != in.remaining() - FIXED - MESSAGE) {
      throw new FormatException(
          magic,
          "the wrapped key has %d bytes and a round's key of %d"
              .formatted(in.remaining(), roundKey));
    }
    return new ToRound(
        in.slice(FIXED, roundKey).asReadOnlyBuffer(),
        in.slice(FIXED + roundKey, MESSAGE).asReadOnlyBuffer());
  }
}
