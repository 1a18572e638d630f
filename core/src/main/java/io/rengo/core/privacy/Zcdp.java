package io.rengo.core.privacy;

/// Zero-concentrated differential privacy (Bun and Steinke 2016): a `rho` adds up over releases,
/// and knows no amplification by sampling.
public final class Zcdp {
  private Zcdp() {}

  /// What a release with Gaussian noise costs, without sampling.
  ///
  /// @param noiseMultiplier noise over sensitivity
  public static double rho(double noiseMultiplier) {
    Require.positive("noiseMultiplier", noiseMultiplier);
    return 1 / (2 * noiseMultiplier * noiseMultiplier);
  }

  /// `rho + 2 sqrt(rho ln(1 / delta))`, the paper's bound.
  public static double simpleEpsilon(double rho, double delta) {
    Require.notNegative("rho", rho);
    Require.delta(delta);
    return rho + 2 * Math.sqrt(rho * Math.log(1 / delta));
  }

  /// The smallest epsilon over all orders, by the conversion of [Renyi#epsilon].
  public static double epsilon(double rho, double delta) {
    Require.notNegative("rho", rho);
    Require.delta(delta);
    if (rho == 0) {
      return 0;
    }
    double excess =
        Search.valley(1e-6, 1e9, 1e-10, each -> Renyi.epsilon(1 + each, rho * (1 + each), delta));
    return Math.max(0, Renyi.epsilon(1 + excess, rho * (1 + excess), delta));
  }
}
