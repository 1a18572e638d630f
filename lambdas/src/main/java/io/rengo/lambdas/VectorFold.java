package io.rengo.lambdas;

import io.rengo.core.WeightedSum;
import io.rengo.protocol.ObjectStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Sums one shard of the vectors that members sent beside their updates, and of those that they
/// sent before.
final class VectorFold {
  /// @param now sum of those that came
  /// @param before sum of the former ones of the same members
  record Sums(double[] now, double[] before) {}

  private final ObjectStore objects;
  private final Rows rows;

  VectorFold(ObjectStore objects, Rows rows) {
    this.objects = objects;
    this.rows = rows;
  }

  /// Stores the sums, unless some member's vector is not finite: then it names these.
  List<String> store(Plan plan, int shard) {
    WeightedSum now = sum(plan, plan.rows(), shard);
    if (!now.isFinite()) {
      return nonFinite(plan, shard);
    }
    ByteBuffer first = now.encode();
    ByteBuffer second = sum(plan, plan.former(), shard).encode();
    ByteBuffer both =
        ByteBuffer.allocate(first.remaining() + second.remaining()).put(first).put(second).flip();
    objects.putOnce(key(plan, shard), both);
    return List.of();
  }

  static Sums load(ObjectStore objects, Plan plan, int shard) {
    ByteBuffer both = Job.content(objects, key(plan, shard));
    int half = both.remaining() / 2;
    return new Sums(
        WeightedSum.decode(both.slice(0, half)).sums(),
        WeightedSum.decode(both.slice(half, half)).sums());
  }

  private static String key(Plan plan, int shard) {
    return plan.keys().vectorFold(plan.round(), plan.revision(), shard);
  }

  private WeightedSum sum(Plan plan, List<Plan.Row> read, int shard) {
    WeightedSum sum = WeightedSum.zero(plan.shards().length(shard));
    forEach(plan, read, shard, (row, values) -> sum.add(1, values));
    return sum;
  }

  private List<String> nonFinite(Plan plan, int shard) {
    List<String> members = new ArrayList<>();
    forEach(
        plan,
        plan.rows(),
        shard,
        (row, values) -> {
          if (!WeightedSum.isFinite(values)) {
            members.add(row.member());
          }
        });
    return members;
  }

  private void forEach(
      Plan plan, List<Plan.Row> read, int shard, BiConsumer<Plan.Row, ByteBuffer> action) {
    long begin = begin(plan, shard);
    int length = plan.shards().length(shard);
    rows.forEachTile(
        read.stream().map(row -> source(row, begin)).toList(),
        1,
        length,
        length,
        tile -> action.accept(read.get(tile.first()), tile.rows().getFirst()));
  }

  private Rows.Source<ByteBuffer> source(Plan.Row row, long shard) {
    return (begin, length) -> rows.read(row, shard + begin, length);
  }

  /// Vectors lie after the update.
  private static long begin(Plan plan, int shard) {
    return plan.shards().parameters() + plan.shards().begin(shard);
  }
}
