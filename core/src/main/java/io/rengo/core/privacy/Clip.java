package io.rengo.core.privacy;

/// Clipping to an L2 norm.
public final class Clip {
  /// What a factor stays below its exact value by, so that rounding cannot lead beyond the bound.
  private static final double MARGIN = 1e-12;

  private Clip() {}

  /// `min(1, bound / norm)`: what a vector of this norm is multiplied by. 1 for the zero vector.
  public static double factor(double norm, double bound) {
    Require.notNegative("norm", norm);
    Require.positive("bound", bound);
    return norm <= bound ? 1 : bound / norm;
  }

  /// The same, a trifle smaller where it clips: the vector stays within the bound in spite of the
  /// rounding of its products.
  public static double safeFactor(double norm, double bound) {
    double factor = factor(norm, bound);
    return factor < 1 ? factor * (1 - MARGIN) : 1;
  }

  /// The L2 norm, by sums of squares in float64.
  public static double norm(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
