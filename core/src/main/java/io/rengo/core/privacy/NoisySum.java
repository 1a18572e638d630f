package io.rengo.core.privacy;

/// What is released of a sum of clipped contributions: `(sum + noise) / denominator`, where the
/// denominator is public and fixed: the expected number of contributions, or their expected weight,
/// never the number that came. McMahan et al. 2018, "Learning Differentially Private Recurrent
/// Language Models"; with examples in place of clients, the step of Abadi et al. 2016.
public final class NoisySum {
  private NoisySum() {}

  /// @param sum of the clipped, weighted contributions; zeros where none came
  /// @param noise of standard deviation `noise multiplier * clipping norm * largest weight`
  /// @param denominator fixed before the round
  public static double[] average(double[] sum, double[] noise, double denominator) {
    Require.positive("denominator", denominator);
    if (sum.length != noise.length) {
      throw new IllegalArgumentException(
          "noise for " + noise.length + " parameters on a sum over " + sum.length);
    }
    double[] average = new double[sum.length];
    for (int i = 0; i < sum.length; i++) {
      average[i] = (sum[i] + noise[i]) / denominator;
    }
    return average;
  }
}
