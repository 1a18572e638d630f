package io.rengo.core.privacy;

import java.util.Arrays;

/// What whoever sees an update of a dense network can read of the rows behind it. Each unit of the
/// first layer changes its weights by the rows, weighed by the unit's deltas, and its bias by the
/// sum of those weights: divided by each other they give a weighted mean of the rows, which is the
/// row itself where one row moved the unit alone. Phong et al. 2018, "Privacy-Preserving Deep
/// Learning via Additively Homomorphic Encryption", section 3.
public final class GradientInversion {
  /// A row counts as read where what is left of it is at most this share of its variance.
  private static final double READ = 0.1;

  private final int width;
  private final double[][] reconstructed;

  private GradientInversion(int width, double[][] reconstructed) {
    this.width = width;
    this.reconstructed = reconstructed;
  }

  /// Reads an update.
  ///
  /// @param update flat, beginning with the first layer: its kernel `[width, units]`, then its bias
  public static GradientInversion of(float[] update, int width, int units) {
    double[][] rows = new double[units][];
    int found = 0;
    for (int unit = 0; unit < units; unit++) {
      double bias = update[width * units + unit];
      if (bias != 0) {
        double[] row = new double[width];
        for (int i = 0; i < width; i++) {
          row[i] = update[i * units + unit] / bias;
        }
        rows[found++] = row;
      }
    }
    return new GradientInversion(width, Arrays.copyOf(rows, found));
  }

  /// How many of these rows stand in the update, each up to a tenth of its variance about their
  /// mean, or about 0 where there is one.
  ///
  /// @param rows row-major, each of the layer's width
  public int read(float[] rows) {
    int count = rows.length / width;
    double[] mean = new double[width];
    for (int i = 0; count > 1 && i < rows.length; i++) {
      mean[i % width] += rows[i] / (double) count;
    }
    int read = 0;
    for (int row = 0; row < count; row++) {
      double most = READ * square(rows, row, mean, Double.POSITIVE_INFINITY);
      boolean found = false;
      for (int i = 0; i < reconstructed.length && !found; i++) {
        found = most > 0 && square(rows, row, reconstructed[i], most) <= most;
      }
      read += found ? 1 : 0;
    }
    return read;
  }

  /// The squared distance, or something above `enough` where it is more.
  private double square(float[] rows, int row, double[] from, double enough) {
    double sum = 0;
    for (int i = 0; i < width && sum <= enough; i++) {
      double off = rows[row * width + i] - from[i];
      sum += off * off;
    }
    return sum;
  }
}
