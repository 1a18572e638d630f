package io.rengo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MetricSumsTest {
  /// Three classes, the last one neither there nor predicted.
  private static final MetricSums CLASSES =
      new MetricSums(10, 5, 0, new long[][] {{4, 2, 0}, {1, 3, 0}, {0, 0, 0}});

  private static final MetricSums REGRESSION = new MetricSums(4, 2, 8, new long[0][0]);

  @Test
  void classification_hasTheMetricsOfItsCounts() {
    assertThat(CLASSES.meanLoss()).hasValue(0.5);
    assertThat(CLASSES.accuracy()).hasValue(0.7);
    assertThat(CLASSES.precision(0)).isEqualTo(4.0 / 5);
    assertThat(CLASSES.recall(0)).isEqualTo(4.0 / 6);
    assertThat(CLASSES.precision(1)).isEqualTo(3.0 / 5);
    assertThat(CLASSES.recall(1)).isEqualTo(3.0 / 4);
    assertThat(CLASSES.f1(0)).isCloseTo(8.0 / 11, within(1e-15));
    assertThat(CLASSES.f1(1)).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(CLASSES.macroF1().orElseThrow()).isCloseTo((8.0 / 11 + 2.0 / 3) / 3, within(1e-15));
    assertThat(CLASSES.meanSquaredError()).isEmpty();
  }

  @Test
  void aClassWithoutRows_hasZeros() {
    assertThat(CLASSES.precision(2)).isZero();
    assertThat(CLASSES.recall(2)).isZero();
    assertThat(CLASSES.f1(2)).isZero();
  }

  @Test
  void regression_hasAMeanSquaredErrorAndNoAccuracy() {
    assertThat(REGRESSION.meanSquaredError()).hasValue(2);
    assertThat(REGRESSION.meanLoss()).hasValue(0.5);
    assertThat(REGRESSION.accuracy()).isEmpty();
    assertThat(REGRESSION.macroF1()).isEmpty();
  }

  @Test
  void withoutRows_nothingIsDefined() {
    for (MetricSums none : new MetricSums[] {MetricSums.ZERO, MetricSums.zero(3)}) {
      assertThat(none.meanLoss()).isEqualTo(OptionalDouble.empty());
      assertThat(none.accuracy()).isEmpty();
      assertThat(none.macroF1()).isEmpty();
      assertThat(none.meanSquaredError()).isEmpty();
      assertThatCode(none::check).doesNotThrowAnyException();
    }
  }

  @Test
  void plus_givesTheMetricsOfAllRowsTogether_notTheMeanOfMetrics() {
    var other = new MetricSums(90, 4, 0, new long[][] {{0, 0, 0}, {0, 0, 0}, {90, 0, 0}});

    MetricSums both = CLASSES.plus(other);

    assertThat(both)
        .isEqualTo(new MetricSums(100, 9, 0, new long[][] {{4, 2, 0}, {1, 3, 0}, {90, 0, 0}}));
    assertThat(both.precision(0)).isEqualTo(4.0 / 95);
    assertThat(REGRESSION.plus(REGRESSION).meanSquaredError()).hasValue(2);
  }

  @Test
  void plus_withZeroChangesNothing() {
    assertThat(MetricSums.zero(3).plus(CLASSES)).isEqualTo(CLASSES);
    assertThat(REGRESSION.plus(MetricSums.ZERO)).isEqualTo(REGRESSION);
  }

  @Test
  void plus_refusesOtherClassesAndOverflow() {
    assertThatThrownBy(() -> CLASSES.plus(REGRESSION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metrics of 0 classes added to metrics of 3");
    var many = new MetricSums(Long.MAX_VALUE, 0, 0, new long[0][0]);
    assertThatThrownBy(() -> many.plus(REGRESSION)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void check_saysWhatCannotBe() {
    assertThatCode(CLASSES::check).doesNotThrowAnyException();
    assertThatCode(REGRESSION::check).doesNotThrowAnyException();
    assertWrong("examples is -1", -1, 0, 0, new long[0][0]);
    assertWrong("loss is NaN", 1, Double.NaN, 0, new long[0][0]);
    assertWrong("loss is Infinity", 1, Double.POSITIVE_INFINITY, 0, new long[0][0]);
    assertWrong("squaredError is -2.0", 1, 0, -2, new long[0][0]);
    assertWrong("squaredError is NaN", 1, 0, Double.NaN, new long[0][0]);
    assertWrong("confusion has the count -1", 1, 0, 0, new long[][] {{-1, 1}, {0, 1}});
    assertWrong(
        "confusion has 2 rows and one of 3 counts", 1, 0, 0, new long[][] {{1, 0}, {0, 0, 0}});
    assertWrong("confusion counts 1 rows of 2", 2, 0, 0, new long[][] {{1, 0}, {0, 0}});
    assertWrong(
        "confusion counts more than the examples",
        2,
        0,
        0,
        new long[][] {{Long.MAX_VALUE, Long.MAX_VALUE}, {4, 0}});
  }

  @Test
  void finite_isToldFromNotFinite() {
    assertThat(CLASSES.finite()).isTrue();
    assertThat(new MetricSums(1, Double.NaN, 0, new long[0][0]).finite()).isFalse();
    assertThat(new MetricSums(1, 0, Double.POSITIVE_INFINITY, new long[0][0]).finite()).isFalse();
  }

  @Test
  void counts_cannotBeChangedFromOutside() {
    long[][] counts = {{1}};
    var metrics = new MetricSums(1, 0, 0, counts);
    counts[0][0] = 5;
    metrics.confusion()[0][0] = 6;

    assertThat(metrics.accuracy()).hasValue(1);
  }

  @Test
  void equality_isByContent() {
    var same = new MetricSums(10, 5, 0, CLASSES.confusion());
    var different = new MetricSums(10, 5, 0, new long[][] {{4, 1, 1}, {1, 3, 0}, {0, 0, 0}});

    assertThat(same).isEqualTo(CLASSES).hasSameHashCodeAs(CLASSES);
    assertThat(different).isNotEqualTo(CLASSES);
    assertThat(CLASSES)
        .hasToString(
            "MetricSums[examples=10, loss=5.0, squaredError=0.0, confusion=[[4, 2, 0], [1, 3, 0], [0, 0, 0]]]");
  }

  @Test
  void json_hasTheComponentsAndNothingElse() throws JsonProcessingException {
    var mapper = new ObjectMapper();
    String json = mapper.writeValueAsString(REGRESSION);

    assertThat(json)
        .isEqualTo("{\"examples\":4,\"loss\":2.0,\"squaredError\":8.0,\"confusion\":[]}");
    assertThat(mapper.readValue(json, MetricSums.class)).isEqualTo(REGRESSION);
  }

  private static void assertWrong(
      String what, long examples, double loss, double squaredError, long[][] confusion) {
    var metrics = new MetricSums(examples, loss, squaredError, confusion);
    assertThatThrownBy(metrics::check)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metrics that cannot be: " + what);
  }
}
