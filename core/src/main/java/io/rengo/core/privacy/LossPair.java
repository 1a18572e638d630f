package io.rengo.core.privacy;

/// The two distributions that are hardest to tell apart among all neighbouring data sets of one
/// release, P and Q, over an outcome z; the privacy loss `ln(P / Q)` rises with z. The pairs are
/// those of Google's differential privacy library, "Privacy Loss Distributions" (2020 and later);
/// for REPLACE, one unit is the vector 1 in one data set and -1 in the other.
sealed interface LossPair {
  /// `ln P(z) + ln(s sqrt(2 pi))`.
  double logDensity(double z);

  /// `ln(P(z) / Q(z))`.
  double loss(double z);

  /// The outcome of a loss: minus or plus infinity where there is none so low, or so high.
  double outcome(double loss);

  /// The noise multiplier s.
  double sigma();

  /// Beyond `-reach` s below and `mean() + reach` s above, P has at most `e^(-reach^2 / 2)` each.
  double mean();

  /// P has the unit and Q has not.
  record Remove(Mixture mixture) implements LossPair {
    @Override
    public double logDensity(double z) {
      return -z * z / (2 * sigma() * sigma()) + mixture.logRatio(z);
    }

    @Override
    public double loss(double z) {
      return mixture.logRatio(z);
    }

    @Override
    public double outcome(double loss) {
      return mixture.z(loss);
    }

    @Override
    public double sigma() {
      return mixture.sigma();
    }

    @Override
    public double mean() {
      return 1;
    }
  }

  /// Q has the unit and P has not; z is the mirrored outcome.
  record Add(Mixture mixture) implements LossPair {
    @Override
    public double logDensity(double z) {
      return -z * z / (2 * sigma() * sigma());
    }

    @Override
    public double loss(double z) {
      return -mixture.logRatio(-z);
    }

    @Override
    public double outcome(double loss) {
      return -mixture.z(-loss);
    }

    @Override
    public double sigma() {
      return mixture.sigma();
    }

    @Override
    public double mean() {
      return 0;
    }
  }

  /// P has the unit 1 and Q the unit -1 in its place.
  record Replace(Mixture mixture) implements LossPair {
    @Override
    public double logDensity(double z) {
      return -z * z / (2 * sigma() * sigma()) + mixture.logRatio(z);
    }

    @Override
    public double loss(double z) {
      return mixture.logRatio(z) - mixture.logRatio(-z);
    }

    @Override
    public double outcome(double loss) {
      double half = loss / 2;
      if (mixture.rate() == 1) {
        return sigma() * sigma() * half;
      }
      double constant =
          Math.log1p(-mixture.rate()) - Math.log(mixture.rate()) + 1 / (2 * sigma() * sigma());
      double log = constant + logSinh(Math.abs(half));
      double asinh = log > 30 ? log + Math.log(2) : asinh(Math.exp(log));
      return sigma() * sigma() * (half + Math.copySign(asinh, half));
    }

    private static double logSinh(double x) {
      return x > 30 ? x - Math.log(2) : Math.log(Math.sinh(x));
    }

    private static double asinh(double x) {
      return Math.log1p(x + x * x / (1 + Math.sqrt(1 + x * x)));
    }

    @Override
    public double sigma() {
      return mixture.sigma();
    }

    @Override
    public double mean() {
      return 1;
    }
  }
}
