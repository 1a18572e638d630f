package io.rengo.lambdas;

import io.rengo.core.FormatException;
import io.rengo.core.Values;
import io.rengo.core.codec.Encoding;
import io.rengo.core.codec.Float32;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Keys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The update matrix of a round, read range by range: the only place that turns what members sent
/// into float32 values.
final class Rows {
  /// Tiles in memory: the one in use, and the next.
  private static final int TILES = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Rows.class);

  /// Rows of a tile that are read at the same time.
  private static final int CONNECTIONS = 16;

  /// Values of one row within a shard, by position and number.
  ///
  /// @param <T> little-endian float32 in a buffer, or [Values]
  @FunctionalInterface
  interface Source<T> {
    T read(int begin, int length);
  }

  private final ObjectStore objects;

  private final Contents contents;

  Rows(ObjectStore objects, Keys keys) {
    this.objects = objects;
    this.contents = new Contents(objects, keys);
  }

  /// Values `begin` to `begin + length` of one row, as little-endian float32. A row whose seal or
  /// encoding is broken is one of NaN: the round goes on without it, as without any that is not
  /// finite.
  ByteBuffer read(Plan.Row row, long begin, int length) {
    try {
      Plan.Form form = row.form();
      Encoding.Data data = contents.data(row.key(), row.sealed(), row.dataOffset());
      return form.encoding().decode(form.size(), form.shared(), data, begin, length);
    } catch (FormatException e) {
      return nan(row, length, e);
    } catch (RengoException e) {
      if (e.code() != ErrorCode.SEAL_BROKEN) {
        throw e;
      }
      return nan(row, length, e);
    }
  }

  /// The same for values that are added in order: those of sealed rows are opened as they are
  /// added, which is faster by the half.
  Values values(Plan.Row row, long begin, int length) {
    if (row.sealed().isEmpty() || !(row.form().encoding() instanceof Float32)) {
      return Values.of(read(row, begin, length));
    }
    try {
      long offset = row.dataOffset() + begin * Float.BYTES;
      return new Opened(row, contents.values(row.key(), row.sealed().get(), offset, length));
    } catch (RengoException e) {
      if (e.code() != ErrorCode.SEAL_BROKEN) {
        throw e;
      }
      return Values.of(nan(row, length, e));
    }
  }

  /// Values of a sealed row; NaN from where its seal is broken.
  private static final class Opened implements Values {
    private final Plan.Row row;
    private final Values values;
    private boolean broken;

    Opened(Plan.Row row, Values values) {
      this.row = row;
      this.values = values;
    }

    @Override
    public void get(int at, float[] into, int count) {
      try {
        if (!broken) {
          values.get(at, into, count);
        }
      } catch (FormatException e) {
        LOG.warn("the update of {} cannot be read: {}", row.member(), e.getMessage());
        broken = true;
      }
      if (broken) {
        Arrays.fill(into, 0, count, Float.NaN);
      }
    }
  }

  private static ByteBuffer nan(Plan.Row row, int length, Exception e) {
    LOG.warn("the update of {} cannot be read: {}", row.member(), e.getMessage());
    byte[] nan = new byte[Math.multiplyExact(length, Float.BYTES)];
    Arrays.fill(nan, (byte) -1);
    return ByteBuffer.wrap(nan);
  }

  /// One update's part of a shard.
  Source<ByteBuffer> source(Plan plan, Plan.Row row, int shard) {
    return (begin, length) -> read(row, plan.shards().begin(shard) + begin, length);
  }

  /// The same for values that are added in order.
  Source<Values> values(Plan plan, Plan.Row row, int shard) {
    return (begin, length) -> values(row, plan.shards().begin(shard) + begin, length);
  }

  /// What the rule remembered under a name of the last round; zeros where it did not.
  Source<ByteBuffer> remembered(Plan plan, String name, int shard) {
    int index = plan.before().map(before -> before.names().indexOf(name)).orElse(-1);
    if (index < 0) {
      return (begin, length) -> ByteBuffer.allocate(length * Float.BYTES);
    }
    Plan.Memory before = plan.before().orElseThrow();
    String key = plan.keys().memory(before.round(), before.revision(), shard, index);
    return (begin, length) -> objects.range(key, (long) begin * Float.BYTES, length * Float.BYTES);
  }

  /// A range of columns of some rows.
  ///
  /// @param first index of the first row
  record Tile<T>(int first, int begin, int length, List<T> rows) {}

  /// Cuts a shard into tiles of at most `batch` rows and `width` columns and hands them on one
  /// after the other, all of one batch before the next; the next one is read while one is in use.
  <T> void forEachTile(
      List<Source<T>> rows, int batch, int shardLength, int width, Consumer<Tile<T>> action) {
    try (ExecutorService readers =
        Executors.newFixedThreadPool(CONNECTIONS, Thread.ofVirtual().factory())) {
      ahead(
          TILES,
          IntStream.iterate(0, first -> first < rows.size(), first -> first + batch)
              .boxed()
              .flatMap(first ->
                  IntStream.iterate(0, begin -> begin < shardLength, begin -> begin + width)
                      .<Supplier<Tile<T>>>mapToObj(begin ->
                          () ->
                              tile(
                                  rows.subList(first, Math.min(rows.size(), first + batch)),
                                  first,
                                  begin,
                                  Math.min(width, shardLength - begin),
                                  readers)))
              .iterator(),
          action);
    }
  }

  private static <T> Tile<T> tile(
      List<Source<T>> rows, int first, int begin, int length, ExecutorService readers) {
    List<Future<T>> parts =
        rows.stream().map(row -> readers.submit(() -> row.read(begin, length))).toList();
    return new Tile<>(first, begin, length, parts.stream().map(Concurrently::await).toList());
  }

  private static <T> void ahead(int count, Iterator<Supplier<T>> reads, Consumer<T> action) {
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Queue<Future<T>> ahead = new ArrayDeque<>();
      while (reads.hasNext() || !ahead.isEmpty()) {
        while (reads.hasNext() && ahead.size() < count) {
          Supplier<T> read = reads.next();
          ahead.add(readers.submit(read::get));
        }
        action.accept(Concurrently.await(ahead.remove()));
      }
    }
  }
}
