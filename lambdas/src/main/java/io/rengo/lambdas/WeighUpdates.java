package io.rengo.lambdas;

import io.rengo.core.aggregation.Filter;
import io.rengo.core.aggregation.Gram;
import io.rengo.core.aggregation.Reference;
import io.rengo.core.aggregation.Rule;
import io.rengo.core.aggregation.Weighing;
import io.rengo.core.aggregation.Weight;
import io.rengo.core.privacy.SecureBits;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Adds up what was measured of the shards, and decides what each update counts: first the filter,
/// then the rule among those that are left.
final class WeighUpdates implements Step<WeighUpdates.Input, WeighUpdates.Output> {
  record Input(String plan) {}

  /// @param reason why there are not enough updates; empty otherwise
  record Output(boolean enough, int shards, String reason) {}

  private final Ports ports;

  WeighUpdates(Ports ports) {
    this.ports = ports;
  }

  @Override
  public Output run(Input input) {
    Plan plan = Plan.load(ports.objects(), input.plan());
    Job job = Job.load(ports, plan.job());
    Rule rule = job.spec().aggregation().rule();
    Gram gram = gram(plan);
    List<String> filtered = filtered(job.spec().aggregation().filter(), plan, gram);
    int[] kept =
        IntStream.range(0, filtered.size()).filter(i -> filtered.get(i).isEmpty()).toArray();
    String shortfall = Bound.shortfall(rule, kept.length);
    String key = plan.keys().weights(plan.round(), plan.revision());
    if (!shortfall.isEmpty()) {
      ports.objects().putOnce(key, Json.bytes(unweighed(plan, gram, filtered)));
    } else {
      Weighing weighing =
          job.central() ? clipped(job, plan, gram) : weighing(plan, rule, gram, kept);
      ports.objects().putOnce(key, Json.bytes(weights(plan, rule, gram, filtered, kept, weighing)));
    }
    return new Output(shortfall.isEmpty(), plan.shards().count(), shortfall);
  }

  /// What is known of updates that are too few to be weighed.
  private static Weights unweighed(Plan plan, Gram gram, List<String> filtered) {
    List<Weight> weights =
        filtered.stream()
            .map(reason ->
                Weight.excluded("%s", reason.isEmpty() ? "the round was abandoned" : reason))
            .toList();
    return new Weights(
        Scoring.entries(plan, gram, weights, Optional.empty()),
        List.of(),
        Scoring.pairs(gram, weights.size()));
  }

  private Gram gram(Plan plan) {
    Gram sum = part(plan, 0);
    for (int shard = 1; shard < plan.shards().count(); shard++) {
      sum.merge(part(plan, shard));
    }
    return sum;
  }

  private Gram part(Plan plan, int shard) {
    String key = plan.keys().measure(plan.round(), plan.revision(), shard);
    return Gram.decode(Job.content(ports.objects(), key));
  }

  private static List<String> filtered(Filter filter, Plan plan, Gram gram) {
    int updates = plan.rows().size();
    return filter.excludesNothing()
        ? Collections.nCopies(updates, "")
        : filter.reasons(gram, updates, gram.rows() - 1);
  }

  private static Weighing weighing(Plan plan, Rule rule, Gram gram, int[] kept) {
    double[] examples = Weights.examples(plan);
    return rule.weigh(
        gram.select(selected(kept, rule.reference(), plan.rows().size())),
        IntStream.of(kept).mapToDouble(i -> examples[i]).toArray());
  }

  /// Every update alike, but for what clips it.
  private Weighing clipped(Job job, Plan plan, Gram gram) {
    Map<String, Double> norms = new TreeMap<>();
    for (int i = 0; i < plan.rows().size(); i++) {
      norms.put(plan.rows().get(i).member(), gram.norm(i));
    }
    Map<String, Double> factors =
        Clipping.of(ports.objects(), job, plan.round(), norms, new SecureBits()).factors();
    return Weighing.of(
        plan.rows().stream()
            .map(row -> factors.getOrDefault(row.member(), 0.0))
            .map(factor -> factor < 1 ? Weight.reduced(factor, 1, "clipped") : Weight.counted(1))
            .toList());
  }

  private static Weights weights(
      Plan plan, Rule rule, Gram gram, List<String> filtered, int[] kept, Weighing weighing) {
    List<Weight> weights = new ArrayList<>();
    filtered.forEach(reason -> weights.add(Weight.excluded("%s", reason)));
    for (int i = 0; i < kept.length; i++) {
      weights.set(kept[i], weighing.updates().get(i));
    }
    boolean summed = rule.statistic(kept.length).isEmpty();
    return new Weights(
        Scoring.entries(
            plan,
            gram,
            weights,
            summed ? Optional.of(whole(weights, weighing, gram.rows())) : Optional.empty()),
        weighing.references(),
        Scoring.pairs(gram, weights.size()));
  }

  /// The rows of the matrix that the rule sees: the updates that are left, and its references.
  private static int[] selected(int[] kept, Reference reference, int updates) {
    return IntStream.concat(
            IntStream.of(kept),
            switch (reference) {
              case NONE -> IntStream.empty();
              case ROOT, AGGREGATE -> IntStream.of(updates);
              case HISTORY -> IntStream.of(kept).map(i -> updates + i);
            })
        .toArray();
  }

  private static double[] whole(List<Weight> weights, Weighing weighing, int rows) {
    double[] coefficients = new double[rows];
    for (int i = 0; i < weights.size(); i++) {
      coefficients[i] = weights.get(i).coefficient();
    }
    for (int i = 0; i < weighing.references().size(); i++) {
      coefficients[weights.size() + i] = weighing.references().get(i);
    }
    return coefficients;
  }
}
