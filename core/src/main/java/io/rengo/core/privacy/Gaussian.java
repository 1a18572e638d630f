package io.rengo.core.privacy;

/// A single release with Gaussian noise, without sampling. `sigma` is the noise's standard
/// deviation, `sensitivity` the largest L2 distance of the sums of two neighbouring data sets.
public final class Gaussian {
  private static final double PRECISION = 1e-13;

  private Gaussian() {}

  /// The smallest delta for an epsilon, 0 or more, exactly. Balle and Wang 2018, "Improving the
  /// Gaussian Mechanism for Differential Privacy", theorem 8.
  public static double delta(double sigma, double epsilon, double sensitivity) {
    Require.positive("sigma", sigma);
    Require.positive("sensitivity", sensitivity);
    double ratio = sensitivity / sigma;
    double upper = Normal.cdf(ratio / 2 - epsilon / ratio);
    double lower = Math.exp(epsilon + Normal.logCdf(-ratio / 2 - epsilon / ratio));
    return Math.max(0, upper - lower);
  }

  /// The smallest epsilon for a delta, exactly, from above.
  public static double epsilon(double sigma, double delta, double sensitivity) {
    Require.delta(delta);
    if (delta(sigma, 0, sensitivity) <= delta) {
      return 0;
    }
    return Search.smallest(0, 1, PRECISION, epsilon -> delta(sigma, epsilon, sensitivity) <= delta);
  }

  /// The smallest sigma for an epsilon and a delta, exactly, from above: the analytic Gaussian
  /// mechanism (Balle and Wang 2018, algorithm 1).
  public static double sigma(double epsilon, double delta, double sensitivity) {
    Require.notNegative("epsilon", epsilon);
    Require.delta(delta);
    Require.positive("sensitivity", sensitivity);
    return sensitivity
        * Search.smallest(0, 1, PRECISION, ratio -> delta(ratio, epsilon, 1) <= delta);
  }

  /// The classical sigma, `S sqrt(2 ln(1.25 / delta)) / epsilon` (Dwork and Roth 2014, appendix A),
  /// which is proved for an epsilon of at most 1 and wrong beyond: there it throws
  /// [IllegalArgumentException]. [#sigma] is smaller and holds for every epsilon.
  public static double classicalSigma(double epsilon, double delta, double sensitivity) {
    Require.that(
        classicalHolds(epsilon),
        "epsilon",
        epsilon,
        "in (0, 1] for the classical Gaussian mechanism; the analytic one has no such bound");
    return sensitivity * Math.sqrt(2 * Math.log(1.25 / delta)) / epsilon;
  }

  /// Whether the classical formula is proved for this epsilon.
  public static boolean classicalHolds(double epsilon) {
    return epsilon > 0 && epsilon <= 1;
  }
}
