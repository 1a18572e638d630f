package io.rengo.core.codec;

import io.rengo.core.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// What changed from one model to the next, without loss. Each float32 is taken as the whole number
/// that has the same order, so that near values are near numbers; the differences are written with
/// the sign in the lowest bit, their four bytes apart (all first bytes of a run of values, then all
/// second ones, …), and deflated. The high bytes of small changes are zeros; where most values did
/// not change at all, so are most others.
public final class ModelDelta {
  private static final int RUN = 1 << 16;
  private static final int LEVEL = 6;

  private ModelDelta() {}

  /// The change as bytes; the same for the same models.
  ///
  /// @param base little-endian float32, from position to limit
  /// @param next the same number of them
  public static ByteBuffer encode(ByteBuffer base, ByteBuffer next) {
    ByteBuffer from = base.slice().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer to = next.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (from.remaining() != to.remaining() || from.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "models of " + from.remaining() + " and " + to.remaining() + " bytes");
    }
    int count = from.remaining() / Float.BYTES;
    Growing out = new Growing(count);
    try (Deflater deflater = new Deflater(LEVEL, true)) {
      byte[] planes = new byte[RUN * Float.BYTES];
      for (int begin = 0; begin < count; begin += RUN) {
        int length = Math.min(RUN, count - begin);
        for (int i = 0; i < length; i++) {
          int at = (begin + i) * Float.BYTES;
          int change = zigzag(ordered(to.getInt(at)) - ordered(from.getInt(at)));
          planes[i] = (byte) change;
          planes[length + i] = (byte) (change >>> 8);
          planes[2 * length + i] = (byte) (change >>> 16);
          planes[3 * length + i] = (byte) (change >>> 24);
        }
        deflater.setInput(planes, 0, length * Float.BYTES);
        out.drain(deflater);
      }
      deflater.finish();
      out.drain(deflater);
    }
    return out.bytes();
  }

  /// Makes the next model of its base, in place. Throws [FormatException] where the bytes are not
  /// the change of so many values; the model is then of no use.
  ///
  /// @param model little-endian float32, from position to limit
  public static void apply(ByteBuffer model, ByteBuffer change) {
    ByteBuffer values = model.slice().order(ByteOrder.LITTLE_ENDIAN);
    int count = values.remaining() / Float.BYTES;
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(change.slice());
      byte[] planes = new byte[Math.min(RUN, count) * Float.BYTES];
      for (int begin = 0; begin < count; begin += RUN) {
        int length = Math.min(RUN, count - begin);
        fill(inflater, planes, length * Float.BYTES);
        for (int i = 0; i < length; i++) {
          int at = (begin + i) * Float.BYTES;
          int zigzag =
              (planes[i] & 0xFF)
                  | (planes[length + i] & 0xFF) << 8
                  | (planes[2 * length + i] & 0xFF) << 16
                  | planes[3 * length + i] << 24;
          int difference = zigzag >>> 1 ^ -(zigzag & 1);
          values.putInt(at, ordered(ordered(values.getInt(at)) + difference));
        }
      }
      if (inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
        throw new FormatException(0, "the change is of more than " + count + " values");
      }
    } catch (DataFormatException e) {
      throw new FormatException(0, "the change is not deflated: " + e.getMessage());
    }
  }

  private static void fill(Inflater inflater, byte[] planes, int length)
      throws DataFormatException {
    for (int at = 0; at < length; ) {
      int inflated = inflater.inflate(planes, at, length - at);
      if (inflated == 0) {
        throw new FormatException(inflater.getBytesRead(), "the change ends too early");
      }
      at += inflated;
    }
  }

  /// A float's bits as a whole number of the same order, and back: it is its own inverse.
  private static int ordered(int bits) {
    return bits ^ bits >> 31 & Integer.MAX_VALUE;
  }

  private static int zigzag(int difference) {
    return difference << 1 ^ difference >> 31;
  }

  /// Bytes whose number is not known before.
  private static final class Growing {
    private byte[] bytes;
    private int count;

    Growing(int guess) {
      bytes = new byte[Math.max(64, guess)];
    }

    void drain(Deflater deflater) {
      while (!deflater.needsInput() || !deflater.finished()) {
        if (count == bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.multiplyExact(bytes.length, 2));
        }
        int written = deflater.deflate(bytes, count, bytes.length - count);
        if (written == 0) {
          return;
        }
        count += written;
      }
    }

    ByteBuffer bytes() {
      return ByteBuffer.wrap(bytes, 0, count).slice();
    }
  }
}
