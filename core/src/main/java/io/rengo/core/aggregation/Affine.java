package io.rengo.core.aggregation;

import java.util.Arrays;

/// A point `z = sum c_j x_j` with `sum c_j = 1`, known by its coefficients. Its distances to the
/// rows, and those of two such points, follow from the rows' distances alone, so that nothing is
/// lost where all rows lie close together and far from the origin.
final class Affine {
  private final Gram gram;
  private final double[] coefficients;

  Affine(Gram gram, double[] coefficients) {
    this.gram = gram;
    this.coefficients = coefficients;
  }

  double[] coefficients() {
    return coefficients.clone();
  }

  /// The distance to each of the first rows.
  double[] distances(int rows) {
    double[] means = new double[coefficients.length];
    double spread = 0;
    for (int j = 0; j < means.length; j++) {
      for (int k = 0; k < means.length; k++) {
        means[j] += coefficients[k] * gram.squaredDistance(j, k);
      }
      spread += coefficients[j] * means[j];
    }
    double half = spread / 2;
    return Arrays.stream(means, 0, rows).map(mean -> Math.sqrt(Math.max(0, mean - half))).toArray();
  }
}
