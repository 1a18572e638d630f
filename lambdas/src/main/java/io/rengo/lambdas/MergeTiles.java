package io.rengo.lambdas;

import io.rengo.core.WeightedSum;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Ports;

/// Adds up some of the partial sums of a shard and stores what they come to, so that a shard of so
/// many updates that many workers sum a part of them is not read by one alone. Partial sums are
/// added in the order of their members: a second run gives the same bytes.
final class MergeTiles implements Step<MergeTiles.Input, MergeTiles.Output> {
  /// @param level of the tree, from 1
  /// @param sum its number within the level, shard by shard
  record Input(String plan, int level, int sum) {}

  record Output(int sum) {}

  private final ObjectStore objects;

  MergeTiles(Ports ports) {
    this.objects = ports.objects();
  }

  @Override
  public Output run(Input input) {
    Plan plan = Plan.load(objects, input.plan());
    int shard = input.sum() / plan.sums(input.level());
    int sum = input.sum() % plan.sums(input.level());
    String key = plan.sumKey(input.level(), shard, sum);
    if (objects.head(key).isEmpty()) {
      int first = sum * Plan.MERGED_TOGETHER;
      int end = Math.min(first + Plan.MERGED_TOGETHER, plan.sums(input.level() - 1));
      objects.putOnce(key, merge(objects, plan, input.level() - 1, shard, first, end).encode());
      objects.letExpire(key);
    }
    return new Output(input.sum());
  }

  /// The sum of a shard's partial sums from `first` to before `end`, of this level.
  static WeightedSum merge(
      ObjectStore objects, Plan plan, int level, int shard, int first, int end) {
    WeightedSum sum = decode(objects, plan.sumKey(level, shard, first));
    for (int i = first + 1; i < end; i++) {
      sum.merge(decode(objects, plan.sumKey(level, shard, i)));
    }
    return sum;
  }

  private static WeightedSum decode(ObjectStore objects, String key) {
    return WeightedSum.decode(Job.content(objects, key));
  }
}
