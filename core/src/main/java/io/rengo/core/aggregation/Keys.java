package io.rengo.core.aggregation;

/// float32 values as integers in the same order, which compare in one instruction: what is negative
/// has its magnitude's bits turned over. -0 comes before 0.
final class Keys {
  private Keys() {}

  /// Makes keys of bits, or bits of keys, in place.
  static void turn(int[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] ^= (values[i] >> 31) & Integer.MAX_VALUE;
    }
  }

  /// The value of a key.
  static float value(int key) {
    return Float.intBitsToFloat(key ^ ((key >> 31) & Integer.MAX_VALUE));
  }
}
