package io.rengo.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KrumTest {
  /// Updates a millionth apart, a thousand from the origin, the first one hostile or not: the
  /// scores are those of differences taken one by one.
  @ParameterizedTest
  @CsvSource({"1,1", "1,2", "-1,3", "1e30,4", "0,5", "1e5,6", "-1e12,7"})
  void close_updates_far_from_the_origin_score_as_by_differences(double first, long seed) {
    int n = 12;
    int columns = 1_000;
    Matrix matrix = Matrix.around(1_000, 1e-3, n, columns, seed).with(first == 1 ? 0 : 2, first);
    Krum krum = new Krum(2);
    double[] scores = krum.scores(matrix.gram(), n);
    double[] direct = direct(matrix.rows(), n - 4);
    for (int i = 0; i < n; i++) {
      assertThat(scores[i]).isCloseTo(direct[i], within(1e-9 * direct[i]));
    }
  }

  private static double[] direct(float[][] rows, int neighbours) {
    double[] scores = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double[] distances = new double[rows.length];
      for (int j = 0; j < rows.length; j++) {
        for (int c = 0; c < rows[i].length; c++) {
          double difference = (double) rows[i][c] - rows[j][c];
          distances[j] += difference * difference;
        }
      }
      distances[i] = Double.POSITIVE_INFINITY;
      java.util.Arrays.sort(distances);
      for (int j = 0; j < neighbours; j++) {
        scores[i] += distances[j];
      }
    }
    return scores;
  }
}
