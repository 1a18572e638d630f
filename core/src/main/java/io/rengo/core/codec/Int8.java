package io.rengo.core.codec;

import io.rengo.core.Layout;
import io.rengo.core.Safetensors.Entry;
import io.rengo.core.SplitMix64;
import java.nio.ByteBuffer;
import java.util.List;

/// One byte each, in blocks that have a scale `s = max|v| / 127` of their own: `q = floor(v / s +
/// u)` with `u` uniform in [0, 1), clipped to -127..127. The rounding is unbiased and the error of
/// a value is below `s` (stochastic quantisation: Alistarh et al. 2017, "QSGD").
///
/// @param block values that share a scale, 16 to 1048576
public record Int8(int block) implements Encoding {
  /// Levels on each side of 0.
  private static final int LEVELS = 127;

  public Int8 {
    new Blocks(block);
  }

  /// The data: the scales, then a byte for each value.
  @Override
  public Frame frame(Layout layout) {
    int scales = new Blocks(block).count(layout.size());
    List<Entry> own = List.of(Frame.own(List.of(), "scales", "F32", Float.BYTES, scales));
    return Frame.of(own, layout, "I8", Byte.BYTES);
  }

  @Override
  public void encode(float[] values, double[] error, Seeds seeds, ByteBuffer out) {
    SplitMix64 random = SplitMix64.derive(seeds.own(), "int8");
    ByteBuffer bytes = out.slice(out.position() + scaleBytes(values.length), values.length);
    for (int begin = 0; begin < values.length; begin += block) {
      int end = Math.min(values.length, begin + block);
      float largest = 0;
      for (int i = begin; i < end; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      float scale = roundedUp(scale(largest));
      out.putFloat(scale);
      for (int i = begin; i < end; i++) {
        bytes.put((byte) quantise(values[i], scale, random.nextDouble()));
      }
    }
    out.position(out.position() + values.length);
  }

  @Override
  public ByteBuffer decode(long size, long shared, Data data, long begin, int length) {
    float[] scales = new Blocks(block).scales(data, begin, length);
    ByteBuffer bytes = data.read(scaleBytes(size) + begin, length);
    ByteBuffer out = Floats.allocate(length);
    int first = (int) (begin % block);
    for (int i = 0; i < length; i++) {
      out.putFloat(scales[(first + i) / block] * bytes.get(i));
    }
    return out.flip();
  }

  @Override
  public void check(long size, Data data) {
    new Blocks(block).check(size, data);
  }

  private int scaleBytes(long size) {
    return Math.toIntExact(new Blocks(block).bytes(size));
  }

  /// The scale of a block whose largest absolute value this is.
  public static double scale(double largest) {
    return largest / LEVELS;
  }

  /// The level of a value, -127 to 127.
  ///
  /// @param u uniform in [0, 1)
  public static int quantise(double value, double scale, double u) {
    return scale == 0 ? 0 : (int) Math.clamp(Math.floor(value / scale + u), -LEVELS, LEVELS);
  }

  /// Float32, and not below: the largest value must stay within the levels.
  private static float roundedUp(double scale) {
    float rounded = (float) scale;
    return rounded < scale ? Math.nextUp(rounded) : rounded;
  }
}
