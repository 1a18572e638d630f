package io.rengo.trainer.dense;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A batch in which each row is, by itself, with the same probability.
final class PoissonBatch {
  private PoissonBatch() {}

  /// The rows in ascending order, found by the gaps between them, which are geometric.
  ///
  /// @param rate in (0, 1]
  static int[] draw(int count, double rate, RandomGenerator random) {
    int[] rows = new int[Math.min(count, 16 + (int) (2 * rate * count))];
    int found = 0;
    double logMiss = Math.log1p(-rate);
    long row = -1;
    while (true) {
      double gap = rate >= 1 ? 0 : Math.floor(Math.log(1 - random.nextDouble()) / logMiss);
      if (gap >= count - row - 1) {
        return Arrays.copyOf(rows, found);
      }
      row += 1 + (long) gap;
      if (found == rows.length) {
        rows = Arrays.copyOf(rows, Math.min(count, 2 * rows.length));
      }
      rows[found++] = (int) row;
    }
  }
}
