package io.rengo.core.privacy;

/// What a release of sum 0 or 1 looks like where the 1 takes part with a probability: `(1 - q) N(0,
/// s^2) + q N(1, s^2)`, as its ratio to `N(0, s^2)`.
///
/// @param rate q, in (0, 1]
/// @param sigma s
record Mixture(double rate, double sigma) {
  /// `ln(1 - q + q e^((2z - 1) / (2 s^2)))`.
  double logRatio(double z) {
    double exponent = (2 * z - 1) / (2 * sigma * sigma);
    if (rate == 1) {
      return exponent;
    }
    return exponent > 30
        ? exponent + Math.log(rate + (1 - rate) * Math.exp(-exponent))
        : Math.log1p(rate * Math.expm1(exponent));
  }

  /// The z of a log ratio; minus infinity where the ratio is below all there are.
  double z(double logRatio) {
    double exponent;
    if (rate == 1) {
      exponent = logRatio;
    } else if (logRatio > 30) {
      exponent = logRatio + Math.log((1 - (1 - rate) * Math.exp(-logRatio)) / rate);
    } else {
      double inside = Math.expm1(logRatio) / rate;
      exponent = inside <= -1 ? Double.NEGATIVE_INFINITY : Math.log1p(inside);
    }
    return sigma * sigma * exponent + 0.5;
  }
}
