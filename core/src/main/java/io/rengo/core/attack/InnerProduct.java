package io.rengo.core.attack;

/// The honest mean turned round: so long that the aggregate points away from it, or so short that
/// it is not seen. Xie, Koyejo and Gupta 2020, "Fall of Empires: Breaking Byzantine-tolerant SGD by
/// Inner Product Manipulation".
///
/// @param epsilon length of what is sent, in honest means
public record InnerProduct(double epsilon) {
  /// What every attacker sends.
  ///
  /// @param honest updates, one row each
  public double[] update(double[][] honest) {
    double[] update = mean(honest);
    for (int i = 0; i < update.length; i++) {
      update[i] *= -epsilon;
    }
    return update;
  }

  static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    return mean;
  }
}
