package io.rengo.core.codec;

/// Real numbers as elements of the ring of integers modulo `2^bits`, in which sums wrap around
/// without harm: what masking adds up. A value is clipped to `-clip..clip`, multiplied by the scale
/// and rounded; a negative one is its two's complement. The scale is the same for all members,
/// since sums of different scales mean nothing.
///
/// @param scale steps in 1
/// @param clip the largest absolute value
/// @param bits of the ring, 2 to 64
public record FixedPoint(double scale, double clip, int bits) {
  public FixedPoint {
    if (!(scale > 0 && clip > 0) || bits < 2 || bits > Long.SIZE) {
      throw new IllegalArgumentException(
          "scale %s, clip %s, %d bits: scale and clip must be above 0, bits from 2 to 64"
              .formatted(scale, clip, bits));
    }
  }

  /// Rounded so that the mean is the value: `floor(v scale + u)`.
  ///
  /// @param u uniform in [0, 1)
  public long stochastic(double value, double u) {
    return element(Math.floor(clipped(value) * scale + u));
  }

  /// Rounded to the nearest, ties to even.
  public long nearest(double value) {
    return element(Math.rint(clipped(value) * scale));
  }

  /// The number that an element stands for: of a sum, where it has not left half the ring.
  public double value(long element) {
    int unused = Long.SIZE - bits;
    return (element << unused >> unused) / scale;
  }

  private double clipped(double value) {
    return Math.clamp(value, -clip, clip);
  }

  private long element(double rounded) {
    long mask = bits == Long.SIZE ? -1 : (1L << bits) - 1;
    return (long) rounded & mask;
  }
}
