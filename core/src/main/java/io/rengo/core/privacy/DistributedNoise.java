package io.rengo.core.privacy;

/// What noise costs that members add as integers before a secure sum. Norms are in units of the
/// grid. Kairouz, Liu and Steinke 2021, "The Distributed Discrete Gaussian Mechanism"; Agarwal,
/// Kairouz and Liu 2021, "The Skellam Mechanism".
public final class DistributedNoise {
  private DistributedNoise() {}

  /// A bound of the L2 norm after stochastic rounding to integers, drawn again until it holds.
  ///
  /// @param norm of the scaled vector before rounding
  /// @param dimension of the vector
  /// @param beta the chance of drawing again, in (0, 1)
  public static double roundedNorm(double norm, long dimension, double beta) {
    Require.notNegative("norm", norm);
    Require.delta(beta);
    double root = Math.sqrt(dimension);
    double likely =
        norm * norm + dimension / 4.0 + Math.sqrt(2 * Math.log(1 / beta)) * (norm + root / 2);
    return Math.min(norm + root, Math.sqrt(likely));
  }

  /// How far the sum of so many discrete Gaussians is from a discrete Gaussian.
  ///
  /// @param sigma of each of them, 0.5 or more
  public static double tau(int members, double sigma) {
    Require.that(sigma >= 0.5, "sigma", sigma, "0.5 or more");
    double sum = 0;
    for (int k = 1; k < members; k++) {
      sum += Math.exp(-2 * Math.PI * Math.PI * sigma * sigma * k / (k + 1));
    }
    return 10 * sum;
  }

  /// Rényi divergence of the sum of members' discrete Gaussians (proposition 14).
  ///
  /// @param order above 1
  /// @param sigma of each member's noise
  /// @param l2 largest L2 norm of a member's integers
  /// @param l1 largest L1 norm of a member's integers
  public static double discreteGaussian(
      double order, int members, double sigma, double l2, double l1, long dimension) {
    double tau = tau(members, sigma);
    double total = Math.sqrt(members) * sigma;
    double d2 = l2 / total;
    double d1 = l1 / total;
    double byCoordinates = order / 2 * d2 * d2 + tau * dimension;
    double byL1 = order / 2 * (d2 * d2 + 2 * d1 * tau + tau * tau * dimension);
    double byL2 = d2 + Math.sqrt(dimension) * tau;
    return Math.min(byCoordinates, Math.min(byL1, order / 2 * byL2 * byL2));
  }

  /// Rényi divergence of Skellam noise, whose sums are Skellam again.
  ///
  /// @param order a whole number above 1
  /// @param variance of the sum of all members' noise
  public static double skellam(int order, double variance, double l2, double l1) {
    Require.positive("variance", variance);
    double square = l2 * l2;
    double correction =
        Math.min(
            ((2 * order - 1) * square + 6 * l1) / (4 * variance * variance),
            3 * l1 / (2 * variance));
    return order * square / (2 * variance) + correction;
  }

  /// Bits of the modulus with which sums wrap around only beyond so many standard deviations.
  ///
  /// @param clip L2 norm of a member's vector, in its own units
  /// @param grid size of the grid in the same units
  /// @param sigma of each member's noise, in the same units
  /// @param deviations 4 is usual
  public static int modulusBits(
      double clip, double grid, double sigma, int members, long dimension, double deviations) {
    double signal = members * clip * members * clip / dimension;
    double noise = (grid * grid / 4 + sigma * sigma) * members;
    double range = 2 / grid * deviations * Math.sqrt(signal + noise);
    return Math.max(1, (int) Math.ceil(Math.log(range) / Math.log(2)));
  }
}
