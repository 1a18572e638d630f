package io.rengo.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// A range of an update's values, which are fetched as they are needed.
@FunctionalInterface
public interface Values {
  /// Puts `count` values, from position `at` of the range on, at the beginning of an array. Throws
  /// [FormatException] where they turn out to be none.
  void get(int at, float[] into, int count);

  /// Those of a buffer from its position to its limit, which are left as they were: little-endian
  /// float32.
  static Values of(ByteBuffer littleEndianFloats) {
    FloatBuffer floats = littleEndianFloats.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    return (at, into, count) -> floats.get(at, into, 0, count);
  }
}
