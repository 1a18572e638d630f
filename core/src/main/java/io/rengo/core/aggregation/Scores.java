package io.rengo.core.aggregation;

/// How unusual the updates of a round are, from numbers alone. Scores judge nobody: they are
/// reported, and a [Filter] may exclude by them.
public final class Scores {
  /// The 0.75 quantile of the standard normal distribution: it makes the median absolute deviation
  /// comparable with a standard deviation.
  private static final double QUARTILE = 0.6744897501960817;

  private Scores() {}

  /// `0.6745 (v - median) / MAD`, MAD being the median of the absolute deviations from the median
  /// (Iglewicz and Hoaglin 1993, who flag what is beyond 3.5). Where MAD is 0, more than half of
  /// the values are equal: those have the score 0, and the others an infinite one.
  public static double[] robustZ(double[] values) {
    double median = Order.median(values);
    double[] deviations = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      deviations[i] = Math.abs(values[i] - median);
    }
    double mad = Order.median(deviations);
    double[] scores = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double difference = values[i] - median;
      scores[i] = difference == 0 ? 0 : score(difference, mad);
    }
    return scores;
  }

  private static double score(double difference, double mad) {
    return mad == 0
        ? Math.copySign(Double.POSITIVE_INFINITY, difference)
        : QUARTILE * difference / mad;
  }

  /// The cosines of all pairs of the first rows.
  public static double[][] cosines(Gram gram, int rows) {
    double[][] cosines = new double[rows][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        cosines[i][j] = gram.cosine(i, j);
      }
    }
    return cosines;
  }

  /// The cosine of each update to `sum c_j x_j`, one coefficient per row of the Gram matrix.
  public static double[] cosines(Gram gram, int updates, double[] coefficients) {
    double[] along = new double[coefficients.length];
    double square = 0;
    for (int i = 0; i < along.length; i++) {
      for (int j = 0; j < along.length; j++) {
        along[i] += coefficients[j] * gram.product(i, j);
      }
      square += coefficients[i] * along[i];
    }
    double[] cosines = new double[updates];
    for (int i = 0; i < updates; i++) {
      double norms = gram.norm(i) * Math.sqrt(Math.max(0, square));
      cosines[i] = norms == 0 ? 0 : Math.clamp(along[i] / norms, -1, 1);
    }
    return cosines;
  }
}
