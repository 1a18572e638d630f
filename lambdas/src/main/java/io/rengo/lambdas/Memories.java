package io.rengo.lambdas;

import io.rengo.core.WeightedSum;
import io.rengo.core.aggregation.Reference;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RoundReport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What a rule remembers of a round for the next: rows of float32, one object for each row of each
/// shard, so that no more than one row is held at a time.
final class Memories {
  /// The name of the row that holds the last aggregate.
  static final String AGGREGATE = "aggregate";

  private final ObjectStore objects;
  private final Rows rows;

  Memories(ObjectStore objects, Rows rows) {
    this.objects = objects;
    this.rows = rows;
  }

  /// What there is from the last round before this one that published a model.
  static Optional<Plan.Memory> before(ObjectStore objects, ObjectKeys keys, int round) {
    for (int past = round - 1; past > 0; past--) {
      String report = keys.report(past);
      boolean published =
          objects
              .get(report)
              .map(object -> Json.read(object.content(), RoundReport.class, report).outcome())
              .filter(outcome -> outcome == RoundReport.Outcome.PUBLISHED)
              .isPresent();
      if (published) {
        Plan plan = Plan.load(objects, objects.list(keys.plans(past)).getLast().key());
        return Optional.of(new Plan.Memory(past, plan.revision(), plan.memory()));
      }
    }
    return Optional.empty();
  }

  /// The names of what a rule remembers of a round with these updates.
  static List<String> names(
      Reference reference, Optional<Plan.Memory> before, List<Plan.Row> updates) {
    return switch (reference) {
      case NONE, ROOT -> List.of();
      case AGGREGATE -> List.of(AGGREGATE);
      case HISTORY -> {
        TreeSet<String> names = new TreeSet<>();
        before.ifPresent(memory -> names.addAll(memory.names()));
        updates.forEach(row -> names.add(row.member()));
        yield List.copyOf(names);
      }
    };
  }

  /// Stores what the rule remembers of one shard.
  void store(Plan plan, Reference reference, int shard, WeightedSum folded) {
    int length = plan.shards().length(shard);
    for (int row = 0; row < plan.memory().size(); row++) {
      ByteBuffer remembered =
          reference == Reference.AGGREGATE
              ? Floats.encode(folded.mean())
              : history(plan, plan.memory().get(row), shard, length);
      String key = plan.keys().memory(plan.round(), plan.revision(), shard, row);
      objects.putOnce(key, remembered);
      objects.letExpire(key);
    }
  }

  private ByteBuffer history(Plan plan, String member, int shard, int length) {
    double[] sum = new double[length];
    Floats.add(rows.remembered(plan, member, shard).read(0, length), sum, 0);
    plan.rows().stream()
        .filter(row -> row.member().equals(member))
        .findFirst()
        .ifPresent(row -> Floats.add(rows.source(plan, row, shard).read(0, length), sum, 0));
    return Floats.encode(sum);
  }
}
