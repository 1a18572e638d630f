package io.rengo.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoresTest {
  @Test
  void robustZ_of_values_of_which_most_are_equal_is_zero_or_infinite() {
    assertThat(Scores.robustZ(new double[] {2, 2, 2, 1, 3}))
        .containsExactly(0, 0, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  @Test
  void cosines_to_a_sum_are_those_of_the_sum_itself() {
    Matrix matrix = Matrix.of(new double[] {1, 0, 0}, new double[] {0, 2, 0});
    double[] cosines = Scores.cosines(matrix.gram(), 2, new double[] {3, 2});
    assertThat(cosines[0]).isCloseTo(3 / 5.0, within(1e-15));
    assertThat(cosines[1]).isCloseTo(4 / 5.0, within(1e-15));
  }

  @Test
  void the_filter_excludes_by_norm_and_by_direction_and_says_why() {
    Matrix matrix = Matrix.around(1, 0.1, 9, 40, 1).with(1, 20);
    float[] median = Matrix.around(1, 0.01, 1, 40, 2).rows()[0];
    for (int c = 0; c < 40; c++) {
      matrix.rows()[4][c] *= -1;
    }
    List<String> reasons =
        new Filter(Optional.of(3.5), Optional.of(0.0)).reasons(matrix.below(median).gram(), 9, 9);
    assertThat(reasons.get(0)).contains("robust z-score").contains("allowed up to 3.500");
    assertThat(reasons.get(4)).contains("coordinate median");
    assertThat(reasons.stream().filter(String::isEmpty)).hasSize(7);
  }
}
