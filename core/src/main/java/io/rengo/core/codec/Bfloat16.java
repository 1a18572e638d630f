package io.rengo.core.codec;

import io.rengo.core.Layout;
import java.nio.ByteBuffer;
import java.util.List;

/// The upper half of a float32, rounded to nearest, ties to even: the same range, eight bits of
/// precision, two bytes each.
public record Bfloat16() implements Encoding {
  private static final int BYTES = Short.BYTES;

  @Override
  public Frame frame(Layout layout) {
    return Frame.of(List.of(), layout, "BF16", BYTES);
  }

  @Override
  public void encode(float[] values, double[] error, Seeds seeds, ByteBuffer out) {
    for (float value : values) {
      out.putShort(round(value));
    }
  }

  @Override
  public ByteBuffer decode(long size, long shared, Data data, long begin, int length) {
    ByteBuffer halves = data.read(begin * BYTES, Math.multiplyExact(length, BYTES));
    ByteBuffer out = Floats.allocate(length);
    for (int i = 0; i < length; i++) {
      out.putInt(halves.getShort() << Short.SIZE);
    }
    return out.flip();
  }

  /// The nearest bfloat16's bits.
  static short round(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> Short.SIZE | 0x40);
    }
    int even = bits >>> Short.SIZE & 1;
    return (short) (bits + 0x7FFF + even >>> Short.SIZE);
  }
}
