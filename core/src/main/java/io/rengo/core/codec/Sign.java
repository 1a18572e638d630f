package io.rengo.core.codec;

import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The signs, in blocks that have a scale of their own: of `p = v + e` with the error `e` so far
/// `sign(p) ||p||_1 / d` is sent and the rest is the new error; `sign(0)` is 0. Two bits each
/// (Karimireddy et al. 2019, "Error Feedback Fixes SignSGD and other Gradient Compression
/// Schemes").
///
/// @param block values that share a scale, 16 to 1048576
public record Sign(int block) implements Encoding {
  private static final int IN_A_BYTE = 4;
  private static final int PLUS = 1;
  private static final int MINUS = 3;

  public Sign {
    new Blocks(block);
  }

  /// The data: the scales, then four signs a byte, the first in the lowest bits: 0 is 0, 1 is +, 3
  /// is -.
  @Override
  public Frame frame(Layout layout) {
    long size = layout.size();
    List<Entry> own = new ArrayList<>();
    own.add(Frame.own(own, "scales", "F32", Float.BYTES, new Blocks(block).count(size)));
    own.add(Frame.own(own, "signs", "U8", Byte.BYTES, (size + IN_A_BYTE - 1) / IN_A_BYTE));
    return new Frame(own);
  }

  @Override
  public void encode(float[] values, double[] error, Seeds seeds, ByteBuffer out) {
    int packed = (values.length + IN_A_BYTE - 1) / IN_A_BYTE;
    ByteBuffer signs = out.slice(out.position() + scaleBytes(values.length), packed);
    for (int begin = 0; begin < values.length; begin += block) {
      int end = Math.min(values.length, begin + block);
      for (int i = begin; i < end; i++) {
        error[i] += values[i];
      }
      float scale = (float) scale(error, begin, end);
      out.putFloat(scale);
      for (int i = begin; i < end; i++) {
        int sign = (int) Math.signum(error[i]);
        int at = i / IN_A_BYTE;
        signs.put(at, (byte) (signs.get(at) | (sign & MINUS) << shift(i)));
        error[i] -= sign * (double) scale;
      }
    }
    out.position(out.position() + packed);
  }

  @Override
  public ByteBuffer decode(long size, long shared, Data data, long begin, int length) {
    float[] scales = new Blocks(block).scales(data, begin, length);
    long first = begin / IN_A_BYTE;
    int count = Math.toIntExact((begin + length - 1) / IN_A_BYTE - first + 1);
    ByteBuffer signs = data.read(scaleBytes(size) + first, count);
    ByteBuffer out = Floats.allocate(length);
    int inBlock = (int) (begin % block);
    int inByte = (int) (begin % IN_A_BYTE);
    for (int i = 0; i < length; i++) {
      int bits = signs.get((inByte + i) / IN_A_BYTE) >>> shift(inByte + i) & MINUS;
      float scale = scales[(inBlock + i) / block];
      out.putFloat(
          switch (bits) {
            case 0 -> 0;
            case PLUS -> scale;
            case MINUS -> -scale;
            default ->
                throw new FormatException(scaleBytes(size) + first + i / IN_A_BYTE, "2 is no sign");
          });
    }
    return out.flip();
  }

  @Override
  public void check(long size, Data data) {
    new Blocks(block).check(size, data);
  }

  @Override
  public boolean keepsError() {
    return true;
  }

  @Override
  public Set<Use> uses() {
    return EnumSet.of(Use.SUMS, Use.SIGNS);
  }

  private int scaleBytes(long size) {
    return Math.toIntExact(new Blocks(block).bytes(size));
  }

  private static int shift(int index) {
    return 2 * (index % IN_A_BYTE);
  }

  /// `||p||_1 / d` of a block.
  public static double scale(double[] values, int begin, int end) {
    double sum = 0;
    for (int i = begin; i < end; i++) {
      sum += Math.abs(values[i]);
    }
    return sum / (end - begin);
  }
}
