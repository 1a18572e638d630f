package io.rengo.core.aggregation;

import io.rengo.core.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The one update whose nearest others are nearest: its score is the sum of the squared distances
/// to its `n - f - 2` nearest others, and the lowest score wins, at a tie the first. Blanchard, El
/// Mhamdi, Guerraoui and Stainer 2017, "Machine Learning with Adversaries".
///
/// @param byzantine `f`, hostile updates to withstand, 0 or more
public record Krum(int byzantine) implements Rule {
  public Krum {
    Range.notNegative("byzantine", byzantine);
  }

  @Override
  public Measure measure() {
    return Measure.GRAM;
  }

  @Override
  public int fewest() {
    return 2 * byzantine + 3;
  }

  @Override
  public String bound() {
    return "n >= 2 byzantine + 3";
  }

  @Override
  public Weighing weigh(Gram gram, double[] examples) {
    int n = examples.length;
    Rule.check(this, n);
    double[] scores = scores(gram, n);
    int winner = lowest(scores);
    return Rule.weighing(
        n,
        i ->
            i == winner
                ? Weight.counted(1)
                : Weight.excluded(
                    "Krum score %.4g, the lowest is %.4g", scores[i], scores[winner]));
  }

  /// The score of each update.
  public double[] scores(Gram gram, int n) {
    return scores(gram, all(n), n - byzantine - 2);
  }

  static List<Integer> all(int n) {
    List<Integer> rows = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      rows.add(i);
    }
    return rows;
  }

  /// The score of each of these rows among them.
  static double[] scores(Gram gram, List<Integer> rows, int neighbours) {
    double[] scores = new double[rows.size()];
    double[] distances = new double[rows.size()];
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        distances[j] =
            i == j ? Double.POSITIVE_INFINITY : gram.squaredDistance(rows.get(i), rows.get(j));
      }
      Arrays.sort(distances);
      for (int j = 0; j < neighbours; j++) {
        scores[i] += distances[j];
      }
    }
    return scores;
  }

  /// The index of the lowest value, the first at a tie.
  static int lowest(double[] values) {
    int lowest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[lowest]) {
        lowest = i;
      }
    }
    return lowest;
  }
}
