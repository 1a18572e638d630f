package io.rengo.core.aggregation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;

/// Folds a range of columns by a [ColumnStatistic]. It works on tiles of so few columns that all
/// their rows fit into the second-level cache. Not safe for use by several threads at once.
public final class ColumnFold {
  private static final int CACHE_NUMBERS = 1 << 17;
  private static final int NARROWEST = 64;
  private static final int WIDEST = 2048;

  private final ColumnStatistic statistic;
  private final SortingNetwork network;
  private final int[][] keys;
  private final int width;

  public ColumnFold(ColumnStatistic statistic) {
    this.statistic = statistic;
    this.network = network(statistic);
    this.width =
        Math.clamp(
            Integer.highestOneBit(Math.max(1, CACHE_NUMBERS / statistic.rows())),
            NARROWEST,
            WIDEST);
    this.keys = new int[statistic.rows() + 1][width];
  }

  private static SortingNetwork network(ColumnStatistic statistic) {
    int rows = statistic.rows();
    return switch (statistic) {
      case ColumnStatistic.MiddleMean mean ->
          SortingNetwork.of(rows, mean.trim(), rows - mean.trim());
      case ColumnStatistic.NearestToMedian nearest -> SortingNetwork.of(rows, 0, rows);
      case ColumnStatistic.MajoritySign sign -> SortingNetwork.of(rows, 0, 0);
    };
  }

  /// Folds a range: one number for each column into `into`, from `at` on.
  ///
  /// @param values of each row, little-endian float32, all of the same length and finite; left as
  ///   they were
  public void fold(ByteBuffer[] values, double[] into, int at) {
    IntBuffer[] bits = new IntBuffer[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = values[i].slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    }
    if (bits.length != statistic.rows()) {
      throw new IllegalArgumentException(bits.length + " rows, expected " + statistic.rows());
    }
    int columns = bits[0].limit();
    double[] out = new double[width];
    for (int from = 0; from < columns; from += width) {
      int count = Math.min(width, columns - from);
      for (int i = 0; i < bits.length; i++) {
        bits[i].get(from, keys[i], 0, count);
      }
      tile(out);
      System.arraycopy(out, 0, into, at + from, count);
    }
  }

  private void tile(double[] out) {
    Arrays.fill(out, 0);
    switch (statistic) {
      case ColumnStatistic.MiddleMean mean -> {
        sort();
        for (int i = mean.trim(); i < mean.rows() - mean.trim(); i++) {
          Keys.turn(keys[i]);
          addValues(keys[i], out);
        }
        divide(out, mean.rows() - 2 * mean.trim());
      }
      case ColumnStatistic.NearestToMedian nearest -> {
        sort();
        for (int c = 0; c < width; c++) {
          out[c] = nearest(c, nearest.keep());
        }
      }
      case ColumnStatistic.MajoritySign sign -> {
        int[] votes = keys[sign.rows()];
        Arrays.fill(votes, 0);
        for (int i = 0; i < sign.rows(); i++) {
          addSigns(keys[i], votes);
        }
        for (int c = 0; c < width; c++) {
          out[c] = sign.step() * Integer.signum(votes[c]);
        }
      }
    }
  }

  private void sort() {
    for (int i = 0; i < statistic.rows(); i++) {
      Keys.turn(keys[i]);
    }
    network.sort(keys);
  }

  private static void addValues(int[] bits, double[] sums) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += Float.intBitsToFloat(bits[c]);
    }
  }

  /// Adds 1 for what is above zero and -1 for what is below.
  private static void addSigns(int[] bits, int[] votes) {
    for (int c = 0; c < votes.length; c++) {
      int sign = (bits[c] >> 31) | 1;
      int magnitude = bits[c] & Integer.MAX_VALUE;
      votes[c] += sign & (-magnitude >> 31);
    }
  }

  private static void divide(double[] sums, int count) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] /= count;
    }
  }

  /// The mean of the values of a sorted column that lie nearest to its median: they stand together.
  private double nearest(int column, int keep) {
    int rows = statistic.rows();
    double median = (value(column, (rows - 1) / 2) + value(column, rows / 2)) / 2;
    int from = 0;
    while (from + keep < rows
        && median - value(column, from) > value(column, from + keep) - median) {
      from++;
    }
    double sum = 0;
    for (int i = from; i < from + keep; i++) {
      sum += value(column, i);
    }
    return sum / keep;
  }

  private double value(int column, int rank) {
    return Keys.value(keys[rank][column]);
  }
}
