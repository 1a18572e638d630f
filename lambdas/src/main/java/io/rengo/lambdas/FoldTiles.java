package io.rengo.lambdas;

import io.rengo.core.WeightedSum;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads one shard of every update and stores their weighted sum. The updates are added in the
/// order of their members, so that a second run gives the same bytes.
final class FoldTiles implements Step<FoldTiles.Input, FoldTiles.Output> {
  record Input(String plan, int shard) {}

  /// @param nonFinite members whose update has values that are not finite; then nothing is stored
  record Output(int shard, List<String> nonFinite) {}

  /// Rows that are read ahead of the one that is added.
  private static final int AHEAD = 4;

  private final Ports ports;

  FoldTiles(Ports ports) {
    this.ports = ports;
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
      return new Output(
          input.shard(),
          plan.rows().stream()
              .filter(row -> !WeightedSum.isFinite(read(plan, row, input.shard())))
              .map(Plan.Row::member)
              .toList());
    }
    ports.objects().putOnce(key, sum.encode());
    return new Output(input.shard(), List.of());
  }

  private WeightedSum fold(Plan plan, int shard) {
    WeightedSum sum = WeightedSum.zero(plan.shards().length(shard));
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Queue<Future<ByteBuffer>> ahead = new ArrayDeque<>();
      int next = 0;
      for (Plan.Row row : plan.rows()) {
        while (next < plan.rows().size() && ahead.size() < AHEAD) {
          Plan.Row wanted = plan.rows().get(next++);
          ahead.add(readers.submit(() -> read(plan, wanted, shard)));
        }
        sum.add(row.weight(), Concurrently.await(ahead.remove()));
      }
    }
    return sum;
  }

  private ByteBuffer read(Plan plan, Plan.Row row, int shard) {
    return ports
        .objects()
        .range(
            row.key(),
            row.dataOffset() + plan.shards().begin(shard) * Float.BYTES,
            plan.shards().length(shard) * Float.BYTES);
  }
}
