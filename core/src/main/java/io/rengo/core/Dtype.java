package io.rengo.core;

import java.util.Arrays;
import java.util.Optional;

/// The element types of the safetensors format.
enum Dtype {
  F4(4),
  F6_E2M3(6),
  F6_E3M2(6),
  BOOL(8),
  U8(8),
  I8(8),
  F8_E4M3(8),
  F8_E4M3FNUZ(8),
  F8_E5M2(8),
  F8_E5M2FNUZ(8),
  F8_E8M0(8),
  I16(16),
  U16(16),
  F16(16),
  BF16(16),
  I32(32),
  U32(32),
  F32(32),
  I64(64),
  U64(64),
  F64(64),
  C64(64);

  private final int bits;

  Dtype(int bits) {
    this.bits = bits;
  }

  static Optional<Dtype> named(String name) {
    return Arrays.stream(values()).filter(dtype -> dtype.name().equals(name)).findFirst();
  }

  /// Bytes of so many elements, or empty where they do not fill their last byte or are too many for
  /// a `long` to count.
  Optional<Long> bytes(long elements) {
    long high = Math.multiplyHigh(elements, bits);
    long total = elements * bits;
    return high != 0 || total < 0 || total % 8 != 0 ? Optional.empty() : Optional.of(total / 8);
  }
}
