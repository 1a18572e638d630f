package io.rengo.lambdas;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Keys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The update matrix of a round, read range by range: the only place that turns what members sent
/// into float32 values.
final class Rows {
  /// Rows that are read ahead of the one in use.
  private static final int AHEAD = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Rows.class);

  private final Contents contents;

  Rows(ObjectStore objects, Keys keys) {
    this.contents = new Contents(objects, keys);
  }

  /// Values `begin` to `begin + length` of one row, as little-endian float32. A row whose seal is
  /// broken is one of NaN: the round goes on without it, as without any that is not finite.
  ByteBuffer read(Plan.Row row, long begin, int length) {
    try {
      return values(row, begin, length);
    } catch (RengoException e) {
      if (e.code() != ErrorCode.SEAL_BROKEN) {
        throw e;
      }
      LOG.warn("the update of {} cannot be opened: {}", row.member(), e.getMessage());
      byte[] nan = new byte[Math.multiplyExact(length, Float.BYTES)];
      Arrays.fill(nan, (byte) -1);
      return ByteBuffer.wrap(nan);
    }
  }

  private ByteBuffer values(Plan.Row row, long begin, int length) {
    return contents.range(
        row.key(),
        row.sealed(),
        row.dataOffset() + begin * Float.BYTES,
        Math.multiplyExact(length, Float.BYTES));
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
