package io.rengo.core.privacy;

/// The standard normal distribution to about 1e-14 of each value, far into the tails: the error
/// function's series below 1, Laplace's continued fraction of its complement above.
final class Normal {
  private static final double SQRT_PI = Math.sqrt(Math.PI);

  private Normal() {}

  /// `P(Z <= x)`.
  static double cdf(double x) {
    return 0.5 * erfc(-x / Math.sqrt(2));
  }

  /// The density at x.
  static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /// `ln P(Z <= x)`, finite for every finite x.
  static double logCdf(double x) {
    double y = -x / Math.sqrt(2);
    return y < 1 ? Math.log(0.5 * erfc(y)) : Math.log(0.5 * scaled(y)) - y * y;
  }

  private static double erfc(double x) {
    if (x < -1) {
      return 2 - erfc(-x);
    }
    return x < 1 ? 1 - erf(x) : scaled(x) * Math.exp(-x * x);
  }

  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / SQRT_PI * Math.exp(-x * x) * sum;
  }

  /// `e^(x^2) erfc(x)` for x of 1 or more.
  private static double scaled(double x) {
    double denominator = x;
    for (int k = (int) (20 + 250 / (x * x)); k > 0; k--) {
      denominator = x + k / 2.0 / denominator;
    }
    return 1 / (SQRT_PI * denominator);
  }
}
