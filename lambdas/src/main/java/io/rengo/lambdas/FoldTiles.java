package io.rengo.lambdas;

import io.rengo.core.WeightedSum;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import java.util.ArrayList;
import java.util.List;

/// Reads one shard of every update and stores their weighted sum. The updates are added in the
/// order of their members, so that a second run gives the same bytes.
final class FoldTiles implements Step<FoldTiles.Input, FoldTiles.Output> {
  record Input(String plan, int shard) {}

  /// @param nonFinite members whose update has values that are not finite; then nothing is stored
  record Output(int shard, List<String> nonFinite) {}

  private final Ports ports;
  private final Rows rows;

  FoldTiles(Ports ports) {
    this.ports = ports;
    this.rows = new Rows(ports.objects(), ports.keys());
  }

  @Override
  public Output run(Input input) {
    Plan plan = Plan.load(ports.objects(), input.plan());
    String key = new ObjectKeys(plan.job()).fold(plan.round(), plan.revision(), input.shard());
    if (ports.objects().head(key).isPresent()) {
      return new Output(input.shard(), List.of());
    }
    WeightedSum sum = fold(plan, input.shard());
    if (!sum.isFinite()) {
      return new Output(input.shard(), nonFinite(plan, input.shard()));
    }
    ports.objects().putOnce(key, sum.encode());
    return new Output(input.shard(), List.of());
  }

  private WeightedSum fold(Plan plan, int shard) {
    WeightedSum sum = WeightedSum.zero(plan.shards().length(shard));
    rows.forEach(
        plan.rows(),
        plan.shards().begin(shard),
        plan.shards().length(shard),
        (row, values) -> sum.add(row.weight(), values));
    return sum;
  }

  private List<String> nonFinite(Plan plan, int shard) {
    List<String> members = new ArrayList<>();
    rows.forEach(
        plan.rows(),
        plan.shards().begin(shard),
        plan.shards().length(shard),
        (row, values) -> {
          if (!WeightedSum.isFinite(values)) {
            members.add(row.member());
          }
        });
    return members;
  }
}
