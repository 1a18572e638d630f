package io.rengo.core.privacy;

/// The quick part of [RoundedGaussian], in float32: it decides a value where its error cannot
/// matter, and asks for the rest. Both implementations do the same arithmetic on the same bits.
sealed interface Rounding permits PlainRounding, VectorRounding {
  /// Sigma is 2^5 to 2^6 steps of the grid.
  int MOST_STEPS_EXPONENT = 6;

  /// How near to the middle between two steps a sum may come that is decided. What separates the
  /// float32 sum from the true one: 5e-5 of a step by the 31 bits that the uniform variable is cut
  /// off after, 3e-5 by the table, 5e-5 by rounding.
  float SLACK = 0x1p-12f;

  /// Beyond this many steps sums are left to float64.
  float FAR = 0x1p21f;

  /// What a float32 below 2^22 is rounded to an integer by: adding and taking away.
  float ROUNDER = 0x1.8p23f;

  /// Adds noise to values from `begin` on, by the bits from `from` on.
  void add(
      RoundedGaussian gaussian,
      float[] values,
      int begin,
      int[] bits,
      int from,
      int count,
      double scale);

  /// The fastest that this JVM can run.
  static Rounding best() {
    return Best.ROUNDING;
  }

  /// Chosen once.
  final class Best {
    private static final Rounding ROUNDING =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            ? new VectorRounding()
            : new PlainRounding();

    private Best() {}
  }
}
