package io.rengo.core.privacy;

/// What a count of successes says of their probability.
public final class Binomial {
  private static final double TINY = 1e-300;
  private static final double PRECISION = 1e-15;
  private static final int HALVINGS = 60;
  private static final double[] LANCZOS = {
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private Binomial() {}

  /// Bounds of a probability, both in [0, 1].
  public record Interval(double low, double high) {}

  /// The interval of Clopper and Pearson 1934, which holds the true probability at least as often
  /// as `confidence` says, however few trials there are. All of [0, 1] where there are none.
  public static Interval interval(long successes, long trials, double confidence) {
    Require.that(successes >= 0 && successes <= trials, "successes", successes, "0 to " + trials);
    Require.that(confidence > 0 && confidence < 1, "confidence", confidence, "in (0, 1)");
    double tail = (1 - confidence) / 2;
    double low = successes == 0 ? 0 : quantile(tail, successes, trials - successes + 1);
    double high = successes == trials ? 1 : quantile(1 - tail, successes + 1, trials - successes);
    return new Interval(low, high);
  }

  /// Where the beta distribution reaches a probability.
  private static double quantile(double probability, double a, double b) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (beta(middle, a, b) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /// The regularised incomplete beta function, by Lentz's evaluation of its continued fraction.
  private static double beta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
      return 1 - beta(1 - x, b, a);
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; ; m++) {
      double even = m * (b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      value *= c * d;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      value *= c * d;
      if (Math.abs(c * d - 1) < PRECISION || m > 100_000) {
        return front * value / a;
      }
    }
  }

  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /// `ln Γ(x)` for x of 1 or more. Lanczos 1964, "A Precision Approximation of the Gamma Function".
  private static double logGamma(double x) {
    double sum = 0.99999999999980993;
    for (int i = 0; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x + i);
    }
    double t = x + LANCZOS.length - 1.5;
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  }
}
