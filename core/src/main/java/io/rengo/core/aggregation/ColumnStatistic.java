package io.rengo.core.aggregation;

/// One number for each column of a matrix, from all its rows: a fold that cannot be split by rows,
/// only by columns.
public sealed interface ColumnStatistic {
  /// Number of rows that it is about.
  int rows();

  /// The mean of each column without its `trim` lowest and `trim` highest values. With all but one
  /// or two trimmed it is the median.
  record MiddleMean(int rows, int trim) implements ColumnStatistic {
    public MiddleMean {
      if (trim < 0 || 2 * trim >= rows) {
        throw new IllegalArgumentException(trim + " of " + rows + " values trimmed at each end");
      }
    }
  }

  /// The mean, in each column, of the `keep` values nearest to the median; of two that are equally
  /// near, the smaller one goes first.
  record NearestToMedian(int rows, int keep) implements ColumnStatistic {
    public NearestToMedian {
      if (keep < 1 || keep > rows) {
        throw new IllegalArgumentException(keep + " of " + rows + " values kept");
      }
    }
  }

  /// `step` times the sign that most values of the column have, 0 where there are as many positive
  /// as negative ones.
  record MajoritySign(int rows, double step) implements ColumnStatistic {}
}
