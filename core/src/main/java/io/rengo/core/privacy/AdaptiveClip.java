package io.rengo.core.privacy;

/// A clipping norm that follows a quantile of the contributions' norms. Andrew et al. 2021,
/// "Differentially Private Learning with Adaptive Clipping": the share `b` of contributions within
/// the norm is released with noise of its own, and the norm becomes `C e^(-eta (b - gamma))` for
/// the **next** round; this round's noise is by this round's norm.
///
/// @param quantile gamma, the share of contributions that is to lie within the norm
/// @param learningRate eta
/// @param countNoise standard deviation of the noise on the number of contributions within
public record AdaptiveClip(double quantile, double learningRate, double countNoise) {
  public AdaptiveClip {
    Require.probability("quantile", quantile);
    Require.positive("learningRate", learningRate);
    Require.positive("countNoise", countNoise);
  }

  /// The paper's choice: the median, eta 0.2, and the noise a twentieth of the expected number.
  public static AdaptiveClip usual(double expected) {
    return new AdaptiveClip(0.5, 0.2, expected / 20);
  }

  /// The noise multiplier of the sum with which sum and count together cost what one release with
  /// `noiseMultiplier` does. Counts are shifted by a half, so that one contribution moves theirs by
  /// a half. Throws [IllegalArgumentException] where the count alone costs more.
  public double sumMultiplier(double noiseMultiplier) {
    Require.positive("noiseMultiplier", noiseMultiplier);
    Require.that(
        2 * countNoise > noiseMultiplier,
        "countNoise",
        countNoise,
        "more than half the noise multiplier");
    double rest = 1 / (noiseMultiplier * noiseMultiplier) - 1 / (4 * countNoise * countNoise);
    return 1 / Math.sqrt(rest);
  }

  /// The noisy share of contributions within the norm.
  ///
  /// @param within how many contributions have a norm of at most the clipping norm
  /// @param came how many contributions there are
  /// @param expected how many there are on average
  /// @param noise of standard deviation [#countNoise]
  public double share(long within, long came, double expected, double noise) {
    Require.positive("expected", expected);
    double shifted = within - came / 2.0 + noise;
    return shifted / expected + 0.5;
  }

  /// The next round's clipping norm.
  public double next(double norm, double noisyShare) {
    Require.positive("norm", norm);
    return norm * Math.exp(-learningRate * (noisyShare - quantile));
  }
}
