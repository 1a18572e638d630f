package io.rengo.lambdas;

import io.rengo.core.aggregation.Gram;
import io.rengo.core.aggregation.Rule;
import io.rengo.core.aggregation.Weighing;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.UpdateScore;
import java.util.List;
import java.util.stream.IntStream;

/// What each update counts: the aggregate is `sum coefficient_k x_k / sum share_k`, or a column
/// statistic of those whose share is above 0.
///
/// @param entries one for each row of the plan, in the same order
/// @param references the coefficients of the rows that the rule compares the updates with
/// @param cosines of all pairs, as a report has them
record Weights(List<Entry> entries, List<Double> references, List<List<Double>> cosines) {
  /// One update's.
  record Entry(double coefficient, double share, UpdateScore score) {}

  /// What counts where nothing had to be measured.
  static Weights unmeasured(Plan plan, Rule rule) {
    if (plan.rows().isEmpty()) {
      return new Weights(List.of(), List.of(), List.of());
    }
    Weighing weighing = rule.weigh(Gram.zero(plan.rows().size(), false), examples(plan));
    List<Entry> entries =
        IntStream.range(0, plan.rows().size())
            .mapToObj(i -> Scoring.entry(plan, weighing, i))
            .toList();
    return new Weights(entries, weighing.references(), List.of());
  }

  static Weights load(ObjectStore objects, Plan plan) {
    String key = plan.keys().weights(plan.round(), plan.revision());
    return Json.read(Job.content(objects, key), Weights.class, key);
  }

  static double[] examples(Plan plan) {
    return plan.rows().stream().mapToDouble(Plan.Row::weight).toArray();
  }

  double totalShare() {
    return entries.stream().mapToDouble(Entry::share).sum();
  }

  /// The rows of the plan that a column statistic is about.
  List<Plan.Row> counted(Plan plan) {
    return IntStream.range(0, entries.size())
        .filter(i -> entries.get(i).share() > 0)
        .mapToObj(plan.rows()::get)
        .toList();
  }
}
