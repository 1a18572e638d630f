package io.rengo.core.attack;

/// The standard normal distribution.
final class Normal {
  private static final double SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
  private static final int HALVINGS = 200;

  private Normal() {}

  /// The value below which this share of the distribution lies, by bisection.
  static double quantile(double share) {
    double low = -40;
    double high = 40;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (below(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /// The share that lies below: `1/2 + phi(x) (x + x^3/3 + x^5/15 + ...)`.
  private static double below(double x) {
    if (Math.abs(x) > 8) {
      return x < 0 ? 0 : 1;
    }
    double term = x;
    double sum = x;
    for (int i = 3; Math.abs(term) > Math.abs(sum) * 1e-17 && i < 1000; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / SQRT_TWO_PI;
  }
}
