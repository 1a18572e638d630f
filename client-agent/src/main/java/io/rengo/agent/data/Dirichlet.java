package io.rengo.agent.data;

import java.util.random.RandomGenerator;

/// The symmetric Dirichlet distribution: independent gamma variates over their sum.
final class Dirichlet {
  private Dirichlet() {}

  /// Running sums of one draw; the last is 1 up to rounding.
  static double[] cumulative(int size, double alpha, RandomGenerator random) {
    double[] logs = new double[size];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      logs[i] = logGamma(alpha, random);
      largest = Math.max(largest, logs[i]);
    }
    double sum = 0;
    double[] sums = new double[size];
    for (int i = 0; i < size; i++) {
      sum += StrictMath.exp(logs[i] - largest);
      sums[i] = sum;
    }
    for (int i = 0; i < size; i++) {
      sums[i] /= sum;
    }
    return sums;
  }

  /// Logarithm of a gamma variate of shape `alpha` (Marsaglia, Tsang 2000). In logarithms, a shape
  /// near 0 gives small numbers and not zeros.
  private static double logGamma(double alpha, RandomGenerator random) {
    if (alpha < 1) {
      return logGamma(alpha + 1, random) + StrictMath.log(1 - random.nextDouble()) / alpha;
    }
    double d = alpha - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
      if (v > 0
          && StrictMath.log(1 - random.nextDouble())
              < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return StrictMath.log(d * v);
      }
    }
  }
}
