package io.rengo.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every rule.
class RuleTest {
  private static final int COLUMNS = 300;

  /// Rules that withstand three of fifteen that send their update ten times reversed.
  static Stream<Rule> robust() {
    return Stream.of(
        new CoordinateMedian(3),
        new TrimmedMean(3),
        new Krum(3),
        new MultiKrum(3, Optional.empty()),
        new Bulyan(3),
        new GeometricMedian(3, 50, 1e-6, false),
        new Flame(3));
  }

  static Stream<Rule> all() {
    return Stream.concat(
        robust(), Stream.of(new Mean(), new NormClippedMean(Optional.empty(), false)));
  }

  @ParameterizedTest
  @MethodSource("robust")
  void three_of_fifteen_reversed_tenfold_move_nothing(Rule rule) {
    Matrix honest = Matrix.around(1, 0.1, 15, COLUMNS, 7);
    Matrix attacked = honest.with(3, -10);
    double noise = 0.1 * Math.sqrt(COLUMNS);
    assertThat(Matrix.distance(attacked.aggregate(rule), attacked.mean(3))).isLessThan(2 * noise);
    assertThat(Matrix.distance(attacked.aggregate(new Mean()), attacked.mean(3)))
        .isGreaterThan(10 * noise);
  }

  @ParameterizedTest
  @MethodSource("all")
  void without_hostile_members_it_is_close_to_the_mean(Rule rule) {
    Matrix honest = Matrix.around(1, 0.1, 15, COLUMNS, 8);
    assertThat(Matrix.distance(honest.aggregate(rule), honest.mean(0)))
        .isLessThan(2 * 0.1 * Math.sqrt(COLUMNS));
  }

  @ParameterizedTest
  @MethodSource("robust")
  void fewer_updates_than_its_bound_are_refused(Rule rule) {
    int few = rule.fewest() - 1;
    Gram gram = Matrix.around(0, 1, few, 4, 1).gram();
    assertThatThrownBy(() -> rule.weigh(gram, new double[few]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs " + rule.fewest())
        .hasMessageContaining(rule.bound());
  }

  @ParameterizedTest
  @MethodSource("all")
  void the_result_is_of_the_updates_size(Rule rule) {
    Matrix matrix = Matrix.around(1, 0.1, 15, COLUMNS, 9);
    double[] doubled = matrix.with(15, 2).aggregate(rule);
    double[] once = matrix.aggregate(rule);
    for (int i = 0; i < once.length; i++) {
      once[i] *= 2;
    }
    assertThat(Matrix.distance(doubled, once)).isLessThan(1e-4);
  }

  @Test
  void who_is_excluded_hears_why() {
    Matrix attacked = Matrix.around(1, 0.1, 15, COLUMNS, 7).with(3, -10);
    for (Rule rule : List.of(new Krum(3), new Bulyan(3), new Flame(3))) {
      Weighing weighing = rule.weigh(attacked.gram(), new double[15]);
      assertThat(weighing.updates().subList(0, 3))
          .allSatisfy(weight -> {
            assertThat(weight.decision()).isEqualTo(Decision.EXCLUDED);
            assertThat(weight.coefficient()).isZero();
            assertThat(weight.reason()).isNotEmpty();
          });
    }
  }
}
