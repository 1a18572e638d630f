package io.rengo.core.codec;

import io.rengo.core.Layout;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The values as they are: four bytes each.
public record Float32() implements Encoding {
  @Override
  public Frame frame(Layout layout) {
    return Frame.of(List.of(), layout, "F32", Float.BYTES);
  }

  @Override
  public void encode(float[] values, double[] error, Seeds seeds, ByteBuffer out) {
    out.asFloatBuffer().put(values);
    out.position(out.position() + Float.BYTES * values.length);
  }

  @Override
  public ByteBuffer decode(long size, long shared, Data data, long begin, int length) {
    return data.read(begin * Float.BYTES, Math.multiplyExact(length, Float.BYTES));
  }

  @Override
  public Set<Use> uses() {
    return EnumSet.allOf(Use.class);
  }
}
