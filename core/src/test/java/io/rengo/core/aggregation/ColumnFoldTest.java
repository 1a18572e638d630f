package io.rengo.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnFoldTest {
  /// More columns than a tile has.
  private static final int COLUMNS = 3_001;

  private static double[] column(Matrix matrix, int column) {
    double[] values = new double[matrix.rows().length];
    Arrays.setAll(values, i -> matrix.rows()[i][column]);
    Arrays.sort(values);
    return values;
  }

  private static double[] fold(Matrix matrix, ColumnStatistic statistic) {
    double[] folded = new double[COLUMNS + 1];
    new ColumnFold(statistic).fold(matrix.buffers(), folded, 1);
    assertThat(folded[0]).isZero();
    return Arrays.copyOfRange(folded, 1, COLUMNS + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8, 15, 33, 100, 257})
  void the_median_is_that_of_each_sorted_column(int rows) {
    Matrix matrix = Matrix.around(0, 1, rows, COLUMNS, rows);
    double[] folded = fold(matrix, new CoordinateMedian(0).statistic(rows).orElseThrow());
    for (int c = 0; c < COLUMNS; c++) {
      double[] sorted = column(matrix, c);
      assertThat(folded[c]).isEqualTo((sorted[(rows - 1) / 2] + sorted[rows / 2]) / 2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10, 50})
  void the_trimmed_mean_is_that_of_each_sorted_column(int rows) {
    Matrix matrix = Matrix.around(0, 1, rows, COLUMNS, rows);
    int trim = rows / 4;
    double[] folded = fold(matrix, new TrimmedMean(trim).statistic(rows).orElseThrow());
    for (int c = 0; c < COLUMNS; c++) {
      double[] middle = Arrays.copyOfRange(column(matrix, c), trim, rows - trim);
      assertThat(folded[c]).isCloseTo(Arrays.stream(middle).average().orElseThrow(), within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 9, 64})
  void the_majoritys_sign_counts_no_zeros(int rows) {
    Matrix matrix = Matrix.around(0, 1, rows, COLUMNS, rows);
    matrix.rows()[0][5] = 0;
    matrix.rows()[1][5] = -0f;
    double[] folded = fold(matrix, new ColumnStatistic.MajoritySign(rows, 0.25));
    for (int c = 0; c < COLUMNS; c++) {
      double votes = Arrays.stream(column(matrix, c)).map(Math::signum).sum();
      assertThat(folded[c]).isEqualTo(0.25 * Math.signum(votes));
    }
  }
}
