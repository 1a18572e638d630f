package io.rengo.fuzz;

import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.core.TensorSpec;
import io.rengo.core.codec.Bfloat16;
import io.rengo.core.codec.Encoding;
import io.rengo.core.codec.Float32;
import io.rengo.core.codec.Frame;
import io.rengo.core.codec.Int8;
import io.rengo.core.codec.RandomK;
import io.rengo.core.codec.Sign;
import io.rengo.core.codec.TopK;
import io.rengo.core.seal.DataKey;
import io.rengo.core.seal.Hpke;
import io.rengo.core.seal.SealedHeader;
import io.rengo.core.seal.Sealer;
import io.rengo.core.seal.Unsealer;
import io.rengo.core.seal.WrappedKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What members put: tensors, sealed or encoded.
final class Payloads {
  private static final Layout LAYOUT =
      new Layout(List.of(new TensorSpec("w", List.of(20, 7)), new TensorSpec("b", List.of(3))));
  private static final int SIZE = 143;
  private static final long SHARED = 7;
  private static final List<Encoding> ENCODINGS =
      List.of(
          new Float32(),
          new Bfloat16(),
          new Int8(16),
          new TopK(0.1),
          new RandomK(0.1),
          new Sign(32));
  private static final ByteBuffer CONTEXT = ByteBuffer.wrap(new byte[] {1});
  private static final DataKey KEY = new DataKey(new byte[DataKey.BYTES]);
  private static final byte[] ROUND = new byte[Hpke.KEY];
  private static final ByteBuffer CONTENT = ByteBuffer.allocate(3 * SealedHeader.SEGMENT / 2);
  private static final byte[] SEALED = array(seal(CONTENT));

  private Payloads() {}

  static List<ByteBuffer> safetensors() {
    return List.of(Safetensors.write(LAYOUT, Map.of("version", "1"), new float[SIZE]));
  }

  static void readSafetensors(ByteBuffer in) {
    Safetensors.read(in, LAYOUT);
  }

  static List<ByteBuffer> sealed() {
    return List.of(seal(ByteBuffer.allocate(0)), seal(ByteBuffer.allocate(100)));
  }

  static List<ByteBuffer> wrappedKeys() {
    ByteBuffer secret = ByteBuffer.allocate(DataKey.BYTES);
    ByteBuffer message = Hpke.seal(Hpke.publicKey(ROUND), CONTEXT, secret, new SecureRandom());
    return List.of(secret, new WrappedKey.ToRound(CONTEXT, message).encode());
  }

  static void readWrappedKey(ByteBuffer in) {
    if (WrappedKey.read(in) instanceof WrappedKey.ToRound key) {
      Hpke.open(ROUND, CONTEXT, key.message());
    }
  }

  /// Whatever the header says, opening its beginning and its end asks for what is there alone.
  static void readSealed(ByteBuffer in) {
    SealedHeader header = SealedHeader.read(in, in.remaining());
    Unsealer unsealer = new Unsealer(header, KEY, CONTEXT);
    int length = (int) Math.min(header.length(), 1000);
    unsealer.open(0, length, (at, size) -> in.slice((int) at, size));
    unsealer.open(header.length() - length, length, (at, size) -> in.slice((int) at, size));
  }

  /// Changes a sealed object by the input, in threes: two bytes of the position, one to change it
  /// by. What opens must be what was sealed.
  static void readChanged(ByteBuffer in) {
    byte[] changed = SEALED.clone();
    while (in.remaining() >= 3) {
      int at = (in.getShort() & 0xffff) * 2 % changed.length;
      changed[at] ^= in.get();
    }
    boolean same = Arrays.equals(changed, SEALED);
    ByteBuffer opened;
    try {
      ByteBuffer object = ByteBuffer.wrap(changed);
      opened =
          new Unsealer(SealedHeader.read(object, changed.length), KEY, CONTEXT)
              .open(0, CONTENT.capacity(), (from, size) -> object.slice((int) from, size));
    } catch (FormatException e) {
      if (same) {
        throw new IllegalStateException("what nobody changed does not open", e);
      }
      return;
    }
    // The wrapped key is the key service's: a change of it gives another key, or none.
    if (!same || !opened.equals(CONTENT)) {
      throw new IllegalStateException("what was changed opens");
    }
  }

  static List<ByteBuffer> encoded() {
    List<ByteBuffer> good = new ArrayList<>();
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = i * 0.25f - 9;
    }
    for (int i = 0; i < ENCODINGS.size(); i++) {
      Encoding encoding = ENCODINGS.get(i);
      int bytes = (int) encoding.frame(LAYOUT).size();
      ByteBuffer data = ByteBuffer.allocate(1 + bytes).order(ByteOrder.LITTLE_ENDIAN);
      data.put((byte) i);
      double[] error = new double[encoding.keepsError() ? SIZE : 0];
      encoding.encode(
          values,
          error,
          new Encoding.Seeds(1, SHARED),
          data.slice(1, bytes).order(ByteOrder.LITTLE_ENDIAN));
      good.add(data.rewind());
    }
    return good;
  }

  /// The first byte chooses the encoding. Its frame says how many bytes there are: what is missing
  /// is zero, as the sizes are compared before anything is read.
  static void readEncoded(ByteBuffer in) {
    if (!in.hasRemaining()) {
      return;
    }
    Encoding encoding = ENCODINGS.get((in.get() & 0xff) % ENCODINGS.size());
    Frame frame = encoding.frame(LAYOUT);
    byte[] data = new byte[(int) frame.size()];
    in.get(data, 0, Math.min(data.length, in.remaining()));
    Encoding.Data source =
        (offset, length) ->
            ByteBuffer.wrap(data)
                .slice(Math.toIntExact(offset), length)
                .order(ByteOrder.LITTLE_ENDIAN);
    encoding.check(SIZE, source);
    if (encoding.decode(SIZE, SHARED, source, 0, SIZE).remaining() != SIZE * Float.BYTES
        || encoding.decode(SIZE, SHARED, source, 100, 43).remaining() != 43 * Float.BYTES) {
      throw new IllegalStateException("the values are not as many as asked for");
    }
  }

  private static ByteBuffer seal(ByteBuffer content) {
    return Sealer.seal(
        content, KEY, ByteBuffer.wrap(new byte[] {1, 2}), CONTEXT, new SecureRandom());
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
