package io.rengo.lambdas;

import io.rengo.protocol.ObjectStore;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/// The update matrix of a round, read range by range: the only place that turns what members sent
/// into float32 values.
final class Rows {
  /// Rows that are read ahead of the one in use.
  private static final int AHEAD = 4;

  private final ObjectStore objects;

  Rows(ObjectStore objects) {
    this.objects = objects;
  }

  /// Values `begin` to `begin + length` of one row, as little-endian float32.
  ByteBuffer read(Plan.Row row, long begin, int length) {
    return objects.range(
        row.key(), row.dataOffset() + begin * Float.BYTES, Math.multiplyExact(length, Float.BYTES));
  }

  /// The same range of each row in turn, in the order of the rows. The next few are read while one
  /// is in use, so that no more than those are in memory.
  void forEach(
      List<Plan.Row> rows, long begin, int length, BiConsumer<Plan.Row, ByteBuffer> action) {
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Queue<Future<ByteBuffer>> ahead = new ArrayDeque<>();
      int next = 0;
      for (Plan.Row row : rows) {
        while (next < rows.size() && ahead.size() < AHEAD) {
          Plan.Row wanted = rows.get(next++);
          ahead.add(readers.submit(() -> read(wanted, begin, length)));
        }
        action.accept(row, Concurrently.await(ahead.remove()));
      }
    }
  }
}
