package io.rengo.lambdas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Numbers as rows of a matrix hold them.
final class Floats {
  private Floats() {}

  /// As little-endian float32.
  static ByteBuffer encode(double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return bytes.flip();
  }

  /// Adds little-endian float32 to the sums from `at` on.
  static void add(ByteBuffer values, double[] sums, int at) {
    var floats = values.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int i = 0; i < floats.limit(); i++) {
      sums[at + i] += floats.get(i);
    }
  }
}
