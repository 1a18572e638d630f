package io.rengo.core.vectors;

import io.rengo.core.privacy.Clip;
import io.rengo.core.privacy.NoisySum;

/// The noisy average of clipped rows, by the product's clipping and its release.
final class ClippedSums {
  private ClippedSums() {}

  static double[] average(
      double[][] rows, double[] weights, double bound, double[] noise, double denominator) {
    double[] sum = new double[noise.length];
    for (int k = 0; k < rows.length; k++) {
      double factor = weights[k] * Clip.factor(Clip.norm(rows[k]), bound);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += factor * rows[k][i];
      }
    }
    return NoisySum.average(sum, noise, denominator);
  }
}
