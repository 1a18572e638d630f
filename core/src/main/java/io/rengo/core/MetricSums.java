package io.rengo.core;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/// Metrics of a model on a member's hold-out as sums, so that the sums of several members are the
/// metrics on all their data together: precision is computed from summed counts, never averaged.
/// Add members in the order of their names, and the doubles come out the same bits each time.
///
/// @param examples rows evaluated
/// @param loss sum of the rows' losses
/// @param squaredError sum of the rows' squared errors (regression; 0 for a classification)
/// @param confusion `confusion[actual][predicted]` counts; empty for a regression
public record MetricSums(long examples, double loss, double squaredError, long[][] confusion) {
  /// No rows of a regression.
  public static final MetricSums ZERO = zero(0);

  public MetricSums {
    confusion = copy(confusion);
  }

  /// No rows of a classification into so many classes (0: of a regression).
  public static MetricSums zero(int classes) {
    return new MetricSums(0, 0, 0, new long[classes][classes]);
  }

  @Override
  public long[][] confusion() {
    return copy(confusion);
  }

  private static long[][] copy(long[][] matrix) {
    return Arrays.stream(matrix).map(long[]::clone).toArray(long[][]::new);
  }

  /// Number of classes; 0 for a regression.
  public int classes() {
    return confusion.length;
  }

  /// These rows and the others'. Counts are exact ([ArithmeticException] on overflow). Throws
  /// [IllegalArgumentException] where the numbers of classes differ.
  public MetricSums plus(MetricSums other) {
    if (other.classes() != classes()) {
      throw new IllegalArgumentException(
          "metrics of " + other.classes() + " classes added to metrics of " + classes());
    }
    long[][] counts = copy(confusion);
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        counts[i][j] = Math.addExact(counts[i][j], other.confusion[i][j]);
      }
    }
    return new MetricSums(
        Math.addExact(examples, other.examples),
        loss + other.loss,
        squaredError + other.squaredError,
        counts);
  }

  /// Throws [IllegalArgumentException] unless these can be the metrics of some rows: no count or
  /// squared error below 0, a square confusion matrix that counts each row once, sums that are
  /// finite numbers.
  public void check() {
    require(examples >= 0, "examples is " + examples);
    require(Double.isFinite(loss), "loss is " + loss);
    require(Double.isFinite(squaredError) && squaredError >= 0, "squaredError is " + squaredError);
    long counted = 0;
    for (long[] row : confusion) {
      require(
          row.length == classes(),
          "confusion has %d rows and one of %d counts".formatted(classes(), row.length));
      for (long count : row) {
        require(count >= 0, "confusion has the count " + count);
        require(count <= examples - counted, "confusion counts more than the examples");
        counted += count;
      }
    }
    require(
        classes() == 0 || counted == examples,
        "confusion counts %d rows of %d".formatted(counted, examples));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("metrics that cannot be: " + otherwise);
    }
  }

  /// Whether the sums are finite numbers.
  public boolean finite() {
    return Double.isFinite(loss) && Double.isFinite(squaredError);
  }

  /// Mean loss of a row; empty where there are none.
  public OptionalDouble meanLoss() {
    return perExample(loss);
  }

  /// Mean squared error of a row (MSE); empty where there are none, or for a classification.
  public OptionalDouble meanSquaredError() {
    return classes() > 0 ? OptionalDouble.empty() : perExample(squaredError);
  }

  /// Share of the rows whose class was predicted; empty where there are none, or for a regression.
  public OptionalDouble accuracy() {
    return classes() == 0 ? OptionalDouble.empty() : perExample(sum(i -> confusion[i][i]));
  }

  /// Share of the rows predicted as the class that are of it; 0 where none is predicted so.
  public double precision(int label) {
    return share(confusion[label][label], sum(i -> confusion[i][label]));
  }

  /// Share of the rows of the class that are predicted so; 0 where none is of it.
  public double recall(int label) {
    return share(confusion[label][label], sum(i -> confusion[label][i]));
  }

  /// Harmonic mean of the class's precision and recall; 0 where both are 0.
  public double f1(int label) {
    double precision = precision(label);
    double recall = recall(label);
    return share(2 * precision * recall, precision + recall);
  }

  /// Plain mean of the classes' F1; empty where there are no rows, or for a regression.
  public OptionalDouble macroF1() {
    return examples == 0 || classes() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum(this::f1) / classes());
  }

  private OptionalDouble perExample(double sum) {
    return examples == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / examples);
  }

  private double sum(IntToDoubleFunction term) {
    double sum = 0;
    for (int i = 0; i < classes(); i++) {
      sum += term.applyAsDouble(i);
    }
    return sum;
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MetricSums that
        && examples == that.examples
        && Double.compare(loss, that.loss) == 0
        && Double.compare(squaredError, that.squaredError) == 0
        && Arrays.deepEquals(confusion, that.confusion);
  }

  @Override
  public int hashCode() {
    return Objects.hash(examples, loss, squaredError, Arrays.deepHashCode(confusion));
  }

  @Override
  public String toString() {
    return "MetricSums[examples=%d, loss=%s, squaredError=%s, confusion=%s]"
        .formatted(examples, loss, squaredError, Arrays.deepToString(confusion));
  }
}
