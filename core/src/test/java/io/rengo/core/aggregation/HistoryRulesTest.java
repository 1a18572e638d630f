package io.rengo.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The rules that compare the updates with rows of their own.
class HistoryRulesTest {
  private static final int COLUMNS = 50;

  @Test
  void centered_clipping_without_a_bound_is_the_mean() {
    Matrix matrix = Matrix.around(1, 1, 9, COLUMNS, 1).below(new float[COLUMNS]);
    Matrix updates = Matrix.around(1, 1, 9, COLUMNS, 1);
    assertThat(Matrix.distance(matrix.aggregate(new CenteredClipping(1e9, 1), 9), updates.mean(0)))
        .isLessThan(1e-9);
  }

  @Test
  void centered_clipping_moves_from_the_last_aggregate_by_tau_at_most() {
    float[] last = Matrix.around(2, 1, 1, COLUMNS, 3).rows()[0];
    Matrix matrix = Matrix.around(1, 100, 9, COLUMNS, 2).below(last);
    double[] from = new double[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      from[i] = last[i];
    }
    for (int iterations = 1; iterations <= 3; iterations++) {
      double[] to = matrix.aggregate(new CenteredClipping(0.5, iterations), 9);
      assertThat(Matrix.distance(from, to)).isBetween(1e-3, 0.5 * iterations + 1e-9);
    }
  }

  @Test
  void fltrust_gives_no_weight_to_what_points_away_from_the_root_and_no_more_norm_than_it_has() {
    float[] root = Matrix.around(1, 0.1, 1, COLUMNS, 4).rows()[0];
    Matrix honest = Matrix.around(1, 0.1, 9, COLUMNS, 5);
    Matrix attacked = honest.with(6, -50).below(root);
    double[] aggregate = attacked.aggregate(new FlTrust("root"), 9);
    assertThat(Matrix.distance(aggregate, honest.mean(0))).isLessThan(1);
    assertThat(Matrix.distance(aggregate, new double[COLUMNS]))
        .isLessThanOrEqualTo(attacked.gram().norm(9) * (1 + 1e-9));
    assertThat(new FlTrust("root").weigh(attacked.gram(), new double[9]).updates().subList(0, 6))
        .allMatch(weight -> weight.decision() == Decision.EXCLUDED);
  }

  @Test
  void fltrust_that_trusts_nobody_moves_nothing() {
    float[] root = Matrix.around(1, 0.1, 1, COLUMNS, 4).rows()[0];
    Matrix attacked = Matrix.around(-1, 0.1, 4, COLUMNS, 5).below(root);
    assertThat(attacked.aggregate(new FlTrust("root"), 4)).containsOnly(0);
  }

  @Test
  void foolsgold_silences_those_who_push_together_for_rounds() {
    Random random = new Random(6);
    float[][] updates = new float[8][COLUMNS];
    float[][] history = new float[8][COLUMNS];
    for (int i = 0; i < 8; i++) {
      for (int c = 0; c < COLUMNS; c++) {
        boolean sybil = i >= 5;
        history[i][c] = sybil ? (c % 7) - 3 : (float) random.nextGaussian();
        updates[i][c] = (float) random.nextGaussian() * (sybil ? 0.01f : 1);
      }
    }
    List<Weight> weights =
        new FoolsGold(1).weigh(new Matrix(updates).below(history).gram(), new double[8]).updates();
    assertThat(weights.subList(5, 8)).allMatch(weight -> weight.coefficient() == 0);
    assertThat(weights.subList(0, 5)).allMatch(weight -> weight.coefficient() > 0.5);
  }
}
