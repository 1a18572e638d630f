package io.rengo.core.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Buffers of decoded values.
final class Floats {
  private Floats() {}

  /// Room for so many float32, little-endian, all of them 0.
  static ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(Math.multiplyExact(length, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
