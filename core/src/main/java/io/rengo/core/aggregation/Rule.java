package io.rengo.core.aggregation;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// How the updates of a round become one. Each case is one published method. A rule sees numbers,
/// never parameters: what it weighs it reads from a [Gram], and its result is a weighted sum of
/// rows or a statistic of columns. So every rule works on a model of any size.
public sealed interface Rule
    permits Mean,
        NormClippedMean,
        CoordinateMedian,
        TrimmedMean,
        Krum,
        MultiKrum,
        Bulyan,
        GeometricMedian,
        CenteredClipping,
        FlTrust,
        FoolsGold,
        Flame,
        SignMajority {
  /// What [#weigh] needs to know.
  Measure measure();

  /// The rows that it compares the updates with.
  default Reference reference() {
    return Reference.NONE;
  }

  /// The fewest updates with which it keeps its promise, 1 or more.
  int fewest();

  /// The bound that [#fewest] comes from, as people read it.
  String bound();

  /// What each row counts. Throws [IllegalArgumentException] where there are fewer updates than
  /// [#fewest].
  ///
  /// @param gram of the updates and, below them, of the [#reference] rows; finite
  /// @param examples of each update, capped, above 0
  Weighing weigh(Gram gram, double[] examples);

  /// How columns are folded of the updates that count, where it is not by a weighted sum.
  ///
  /// @param counted number of updates whose share is above 0
  default Optional<ColumnStatistic> statistic(int counted) {
    return Optional.empty();
  }

  /// Throws [IllegalArgumentException] unless there are enough updates.
  static void check(Rule rule, int updates) {
    if (updates < rule.fewest()) {
      throw new IllegalArgumentException(
          "%d updates, %s needs %d: %s"
              .formatted(updates, rule.getClass().getSimpleName(), rule.fewest(), rule.bound()));
    }
  }

  /// One weight per update.
  static Weighing weighing(int updates, IntFunction<Weight> weight) {
    List<Weight> weights = IntStream.range(0, updates).mapToObj(weight).toList();
    return Weighing.of(weights);
  }
}
