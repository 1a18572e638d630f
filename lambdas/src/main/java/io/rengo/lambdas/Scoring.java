package io.rengo.lambdas;

import io.rengo.core.aggregation.Decision;
import io.rengo.core.aggregation.Gram;
import io.rengo.core.aggregation.Scores;
import io.rengo.core.aggregation.Weighing;
import io.rengo.core.aggregation.Weight;
import io.rengo.protocol.UpdateScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Says of every update of a round what became of it and how unusual it was.
final class Scoring {
  /// The largest z-score that is written: JSON has no infinite number.
  private static final double LARGEST = 1e6;

  /// The most updates of which a report has the cosines of all pairs: some 16 KB.
  private static final int MOST_PAIRED = 64;

  private static final double DECIMALS = 1e4;

  private Scoring() {}

  /// An update's weight where nothing was measured.
  static Weights.Entry entry(Plan plan, Weighing weighing, int i) {
    Weight weight = weighing.updates().get(i);
    double total = weighing.totalShare();
    return new Weights.Entry(
        weight.coefficient(),
        weight.share(),
        new UpdateScore(
            plan.rows().get(i).member(),
            weight.decision(),
            share(weight, total),
            weight.reason(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /// The weights of all updates, with their scores.
  ///
  /// @param whole what each row of the matrix counts in a weighted sum; empty where the aggregate
  ///   is a column statistic
  static List<Weights.Entry> entries(
      Plan plan, Gram gram, List<Weight> weights, Optional<double[]> whole) {
    int n = weights.size();
    double total = weights.stream().mapToDouble(Weight::share).sum();
    double[] z = Scores.robustZ(gram.norms(n));
    Optional<double[]> toAggregate =
        gram.isFull()
            ? whole
                .or(() -> plan.median() ? Optional.of(unit(gram.rows())) : Optional.empty())
                .map(coefficients -> Scores.cosines(gram, n, coefficients))
            : Optional.empty();
    List<Weights.Entry> entries = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      Weight weight = weights.get(i);
      int row = i;
      Optional<Integer> nearest = gram.isFull() ? nearest(gram, i, n) : Optional.empty();
      entries.add(
          new Weights.Entry(
              weight.coefficient(),
              weight.share(),
              new UpdateScore(
                  plan.rows().get(i).member(),
                  weight.decision(),
                  share(weight, total),
                  weight.reason(),
                  Optional.of(gram.norm(i)),
                  Optional.of(Math.clamp(z[i], -LARGEST, LARGEST)),
                  toAggregate.map(cosines -> cosines[row]),
                  plan.median() ? Optional.of(gram.cosine(i, gram.rows() - 1)) : Optional.empty(),
                  nearest.map(j -> plan.rows().get(j).member()),
                  nearest.map(j -> gram.cosine(row, j)),
                  towardsRoot(plan, gram, i, n))));
    }
    return entries;
  }

  /// The root's update stands below the others.
  private static Optional<Double> towardsRoot(Plan plan, Gram gram, int i, int root) {
    return plan.root().isPresent() && gram.isFull() && gram.norm(root) > 0
        ? Optional.of(gram.product(i, root) / gram.product(root, root))
        : Optional.empty();
  }

  /// The cosines of all pairs, for each update those with the ones before it; none where there are
  /// many.
  static List<List<Double>> pairs(Gram gram, int updates) {
    if (!gram.isFull() || updates > MOST_PAIRED) {
      return List.of();
    }
    return IntStream.range(1, updates)
        .mapToObj(i ->
            IntStream.range(0, i)
                .mapToObj(j -> Math.round(gram.cosine(i, j) * DECIMALS) / DECIMALS)
                .toList())
        .toList();
  }

  private static double share(Weight weight, double total) {
    return weight.decision() == Decision.EXCLUDED ? 0 : weight.share() / total;
  }

  /// The coefficients of the last row.
  private static double[] unit(int rows) {
    double[] coefficients = new double[rows];
    coefficients[rows - 1] = 1;
    return coefficients;
  }

  private static Optional<Integer> nearest(Gram gram, int i, int n) {
    return IntStream.range(0, n)
        .filter(j -> j != i)
        .boxed()
        .reduce((a, b) -> gram.cosine(i, b) > gram.cosine(i, a) ? b : a);
  }
}
