package io.rengo.core.seal;

import io.rengo.core.FormatException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// AES-256-GCM of the segments of one object. The nonce is the segment's index: the key is the
/// object's own, so no nonce comes twice under a key. What is authenticated beside the content is
/// the header's hash, the index and the number of segments. Not safe for several threads.
final class SegmentCipher {
  private static final int NONCE = 12;

  private final SealedHeader header;
  private final SecretKey key;
  private final Cipher cipher;
  private final ByteBuffer associated;
  private byte[] scratch = new byte[0];

  SegmentCipher(SealedHeader header, SecretKey key) {
    this.header = header;
    this.key = key;
    this.associated = ByteBuffer.allocate(48).put(header.hash());
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /// Seals the content of a segment.
  void seal(long index, ByteBuffer content, ByteBuffer out) {
    try {
      run(begin(Cipher.ENCRYPT_MODE, index), content, out);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  /// Opens a segment; throws [FormatException] where it is not what was sealed.
  void open(long index, ByteBuffer sealed, ByteBuffer out) {
    try {
      run(begin(Cipher.DECRYPT_MODE, index), sealed, out);
    } catch (AEADBadTagException e) {
      throw new FormatException(
          header.position(index),
          "segment %d of %d is not what was sealed under this key and context"
              .formatted(index, header.segments()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  /// Through arrays: the cipher takes several times as long over buffers.
  private void run(Cipher begun, ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
    int length = in.remaining();
    byte[] from;
    int offset = 0;
    if (in.hasArray()) {
      from = in.array();
      offset = in.arrayOffset() + in.position();
    } else {
      from = scratch.length < length ? new byte[length] : scratch;
      in.get(in.position(), from, 0, length);
      scratch = from;
    }
    int written =
        begun.doFinal(from, offset, length, out.array(), out.arrayOffset() + out.position());
    in.position(in.limit());
    out.position(out.position() + written);
  }

  private Cipher begin(int mode, long index) throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(NONCE).putInt(0).putLong(index).array();
    cipher.init(mode, key, new GCMParameterSpec(SealedHeader.TAG * Byte.SIZE, nonce));
    associated.position(32).putLong(index).putLong(header.segments()).flip();
    cipher.updateAAD(associated);
    associated.clear();
    return cipher;
  }
}
