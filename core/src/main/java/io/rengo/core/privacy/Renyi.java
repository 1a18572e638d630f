package io.rengo.core.privacy;

import java.util.stream.IntStream;

/// Rényi differential privacy of the Poisson-sampled Gaussian, and its conversion to epsilon and
/// delta. Mironov, Talwar and Zhang 2019, "Rényi Differential Privacy of the Sampled Gaussian
/// Mechanism": the divergence of order `a` is `ln(A) / (a - 1)` with `A = E_Q[(P / Q)^a]`. As
/// `E_Q[P / Q] = 1`, `A - 1` is the mean of `r^a - 1 - a (r - 1)`, which is never negative: so a
/// tiny cost loses no digits.
public final class Renyi {
  private static final double REACH = 12;
  private static final int PER_SIGMA = 16;

  private Renyi() {}

  /// The cost of one release at an order above 1.
  public static double divergence(SampledGaussian release, double order, Adjacency adjacency) {
    Require.that(order > 1 && order <= 1e7, "order", order, "above 1, at most 1e7");
    double sigma = release.noiseMultiplier();
    double rate = release.samplingRate();
    if (rate == 0) {
      return 0;
    }
    double distance = adjacency == Adjacency.REPLACE ? 2 : 1;
    if (rate == 1) {
      return order * distance * distance / (2 * sigma * sigma);
    }
    boolean whole = order == Math.rint(order) && order <= 4096;
    double logExcess =
        adjacency == Adjacency.ADD_REMOVE && whole
            ? binomial(rate, sigma, (int) order)
            : quadrature(release, order, adjacency);
    return (logExcess > 700 ? logExcess : Math.log1p(Math.exp(logExcess))) / (order - 1);
  }

  /// Epsilon of a divergence of an order. Canonne, Kamath and Steinke 2020, "The Discrete Gaussian
  /// for Differential Privacy", proposition 12. May be negative, where 0 is meant.
  public static double epsilon(double order, double divergence, double delta) {
    return divergence + Math.log1p(-1 / order) - (Math.log(delta) + Math.log(order)) / (order - 1);
  }

  /// Mironov's first conversion (2017), which is never smaller than [#epsilon].
  public static double firstEpsilon(double order, double divergence, double delta) {
    return divergence - Math.log(delta) / (order - 1);
  }

  /// `ln(A - 1)` of a whole order, from the binomial theorem: the first two terms of the sum are 1
  /// and the others have an expm1.
  private static double binomial(double rate, double sigma, int order) {
    double[] terms = new double[order - 1];
    double logChoose = Math.log(order);
    for (int k = 2; k <= order; k++) {
      logChoose += Math.log((order - k + 1.0) / k);
      double exponent = k * (k - 1.0) / (2 * sigma * sigma);
      terms[k - 2] =
          logChoose
              + (order - k) * Math.log1p(-rate)
              + k * Math.log(rate)
              + (exponent > 36 ? exponent : Math.log(Math.expm1(exponent)));
    }
    return logSum(terms);
  }

  /// `ln(A - 1)` of any order, by the trapezoid rule, which converges faster than any power here.
  private static double quadrature(SampledGaussian release, double order, Adjacency adjacency) {
    double sigma = release.noiseMultiplier();
    boolean replace = adjacency == Adjacency.REPLACE;
    double low = -REACH * sigma - 1;
    double high = REACH * sigma + Math.max(2, order);
    double step = sigma / PER_SIGMA;
    Mixture mixture = new Mixture(release.samplingRate(), sigma);
    double[] terms =
        IntStream.rangeClosed(0, (int) Math.ceil((high - low) / step))
            .mapToDouble(i -> {
              double z = low + i * step;
              double back = replace ? mixture.logRatio(-z) : 0;
              double logRatio = mixture.logRatio(z) - back;
              return -z * z / (2 * sigma * sigma) + back + logConvex(logRatio, order);
            })
            .toArray();
    return logSum(terms) - Math.log(PER_SIGMA * Math.sqrt(2 * Math.PI));
  }

  /// `ln(r^a - 1 - a (r - 1))` from `ln r`.
  private static double logConvex(double logRatio, double order) {
    double x = Math.expm1(logRatio);
    if (order * Math.abs(x) < 1e-3) {
      double series =
          1 + (order - 2) / 3 * x * (1 + (order - 3) / 4 * x * (1 + (order - 4) / 5 * x));
      return Math.log(order * (order - 1) / 2 * x * x * series);
    }
    double power = order * logRatio;
    return power > 600 ? power : Math.log(Math.max(0, Math.expm1(power) - order * x));
  }

  private static double logSum(double[] terms) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double term : terms) {
      largest = Math.max(largest, term);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    double sum = 0;
    for (double term : terms) {
      sum += Math.exp(term - largest);
    }
    return largest + Math.log(sum);
  }
}
