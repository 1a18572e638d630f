package io.rengo.bench;

import io.rengo.core.Values;
import io.rengo.core.WeightedSum;
import io.rengo.core.aggregation.ColumnFold;
import io.rengo.core.aggregation.ColumnStatistic;
import io.rengo.core.aggregation.MatrixMeasure;
import io.rengo.core.seal.DataKey;
import io.rengo.core.seal.SealedHeader;
import io.rengo.core.seal.Sealer;
import io.rengo.core.seal.Unsealer;
import io.rengo.protocol.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// `Kernels FOLDER [quick]`: the kernels of the aggregation on one thread, in CPU seconds of that
/// thread, the best of several runs after the compiler is warm. Prints one JSON line of raw
/// figures; `quick` runs each once after one to warm up.
public final class Kernels {
  private static final int PARAMETERS = 10_000_000;
  private static final int UPDATES = 16;
  private static final int MEMBERS = 100;
  private static final int COLUMNS = 1 << 18;
  private static final int WARM = 4;
  private static final int RUNS = 5;

  /// Rounds of the kernels that memory limits: whoever else uses it does not do so all the time.
  private static final int ROUNDS = 3;

  private final Path folder;
  private final Map<String, Double> figures = new TreeMap<>();

  private final int warm;
  private final int runs;

  private Kernels(Path folder, boolean quick) {
    this.folder = folder;
    this.warm = quick ? 1 : WARM;
    this.runs = quick ? 1 : RUNS;
  }

  public static void main(String[] arguments) throws IOException {
    Kernels kernels = new Kernels(Path.of(arguments[0]), arguments.length > 1);
    kernels.sums();
    kernels.columns();
    System.out.println(Json.write(kernels.figures));
  }

  private double seconds(Runnable work) {
    double best = Double.POSITIVE_INFINITY;
    for (int run = 0; run < warm + runs; run++) {
      long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      work.run();
      double seconds =
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e9;
      best = run < warm ? best : Math.min(best, seconds);
    }
    return best;
  }

  private void rate(String name, Runnable work) {
    figures.merge(
        name, (double) UPDATES * PARAMETERS * Float.BYTES / seconds(work) / 1e9, Math::max);
  }

  private void sums() throws IOException {
    float[][] arrays = new float[UPDATES][PARAMETERS];
    ByteBuffer[] rows = new ByteBuffer[UPDATES];
    ByteBuffer[] mapped = new ByteBuffer[UPDATES];
    for (int k = 0; k < UPDATES; k++) {
      rows[k] = row(PARAMETERS, k);
      mapped[k] = mapped(rows[k], k);
    }
    for (int round = 0; round < ROUNDS; round++) {
      axpy(arrays);
      rate("fold from byte[] GB/s", () -> fold(rows));
      rate("fold from a mapped file GB/s", () -> fold(mapped));
    }
    DataKey key = new DataKey(new byte[DataKey.BYTES]);
    ByteBuffer context = ByteBuffer.wrap(new byte[] {1});
    ByteBuffer[] sealed = new ByteBuffer[UPDATES];
    for (int k = 0; k < UPDATES; k++) {
      sealed[k] = Sealer.seal(rows[k], key, ByteBuffer.allocate(16), context, new SecureRandom());
    }
    rate("unseal, decode and fold GB/s", () -> unsealAndFold(sealed, key, context));
  }

  /// What the machine can do at the most: y += a x on float32 arrays that no cache holds.
  private void axpy(float[][] x) {
    float[] y = new float[PARAMETERS];
    for (float[] each : x) {
      Arrays.fill(each, 0.5f);
    }
    rate(
        "axpy GB/s",
        () -> {
          for (float[] each : x) {
            axpy(y, 0.25f, each);
          }
        });
  }

  private static void axpy(float[] y, float a, float[] x) {
    for (int i = 0; i < y.length; i++) {
      y[i] += a * x[i];
    }
  }

  private static void fold(ByteBuffer[] rows) {
    WeightedSum sum = WeightedSum.zero(PARAMETERS);
    double[] coefficients = new double[UPDATES];
    Arrays.fill(coefficients, 0.5);
    sum.addAll(0, coefficients, rows);
  }

  /// As a worker does it: a range of every row, opened and decoded, then folded.
  private static void unsealAndFold(ByteBuffer[] sealed, DataKey key, ByteBuffer context) {
    WeightedSum sum = WeightedSum.zero(PARAMETERS);
    double[] coefficients = new double[UPDATES];
    Arrays.fill(coefficients, 0.5);
    Unsealer[] unsealers = new Unsealer[UPDATES];
    for (int k = 0; k < UPDATES; k++) {
      SealedHeader header =
          SealedHeader.read(sealed[k].slice(0, SealedHeader.MAX), sealed[k].limit());
      unsealers[k] = new Unsealer(header, key, context);
    }
    int width = 32 * WeightedSum.ALIGNMENT;
    for (int begin = 0; begin < PARAMETERS; begin += width) {
      int length = Math.min(width, PARAMETERS - begin);
      List<Values> rows = new ArrayList<>();
      for (int k = 0; k < UPDATES; k++) {
        ByteBuffer object = sealed[k];
        rows.add(
            unsealers[k].values(
                (long) begin * Float.BYTES, length, (at, size) -> object.slice((int) at, size)));
      }
      sum.addAll(begin, length, coefficients, rows);
    }
  }

  private void columns() {
    ByteBuffer[] rows = new ByteBuffer[MEMBERS];
    for (int k = 0; k < MEMBERS; k++) {
      rows[k] = row(COLUMNS, k);
    }
    double[] out = new double[COLUMNS];
    perMillion("median", () -> fold(rows, new ColumnStatistic.MiddleMean(MEMBERS, 49), out));
    perMillion("trimmed mean", () -> fold(rows, new ColumnStatistic.MiddleMean(MEMBERS, 10), out));
    perMillion(
        "Bulyan's second stage",
        () -> fold(rows, new ColumnStatistic.NearestToMedian(MEMBERS, 60), out));
    perMillion(
        "sign majority", () -> fold(rows, new ColumnStatistic.MajoritySign(MEMBERS, 1), out));
    MatrixMeasure measure = new MatrixMeasure(MEMBERS);
    int chunk = MatrixMeasure.chunk(MEMBERS);
    perMillion(
        "Gram",
        () -> {
          for (int begin = 0; begin < COLUMNS; begin += chunk) {
            measure.measure(slices(rows, begin, chunk));
          }
        });
    perMillion("norms", () -> measure.norms(rows));
  }

  private void perMillion(String name, Runnable work) {
    figures.put(name + " s/M", seconds(work) * 1e6 / COLUMNS);
  }

  private static void fold(ByteBuffer[] rows, ColumnStatistic statistic, double[] out) {
    new ColumnFold(statistic).fold(rows, out, 0);
  }

  private static ByteBuffer[] slices(ByteBuffer[] rows, int begin, int length) {
    return Arrays.stream(rows)
        .map(row -> row.slice(begin * Float.BYTES, length * Float.BYTES))
        .toArray(ByteBuffer[]::new);
  }

  private static ByteBuffer row(int length, int seed) {
    ByteBuffer bytes = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < length; i++) {
      bytes.putFloat((float) (random.nextDouble() - 0.5));
    }
    return bytes.flip();
  }

  private ByteBuffer mapped(ByteBuffer row, int k) throws IOException {
    Path file = folder.resolve("row-" + k);
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
      channel.write(row.duplicate());
      return channel.map(MapMode.READ_ONLY, 0, row.remaining());
    }
  }
}
