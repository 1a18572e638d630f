package io.rengo.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;

/// The fold of the weighted mean over one tile: `sum w_k x_k` and `sum w_k` over the updates `k` of
/// the tile, for a contiguous range of the parameters (McMahan et al. 2017, FedAvg). Sums of
/// several batches of updates merge into the sum of all; sums of several ranges stand side by side.
/// Accumulators are float64: the same updates in the same order give the same bytes, and any order
/// or grouping agrees within rounding.
///
/// Accumulators lie in chunks with both indices from 0, the one shape of loop that the compiler
/// turns into vector instructions without an offset. Not safe for use by several threads at once.
public final class WeightedSum {
  private static final int CHUNK = 1 << 14;

  /// Ranges of [#addAll] begin at multiples of this.
  public static final int ALIGNMENT = CHUNK;

  /// Rows that [#addAll] adds in one loop.
  private static final int TOGETHER = 4;

  private final int length;
  private final double[][] sums;
  private final float[] scratch;
  private double totalWeight;

  private WeightedSum(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("a sum over " + length + " parameters");
    }
    this.length = length;
    this.sums = new double[(length - 1) / CHUNK + 1][];
    for (int c = 0; c < sums.length; c++) {
      sums[c] = new double[Math.min(CHUNK, length - c * CHUNK)];
    }
    this.scratch = new float[sums[0].length];
  }

  /// The sum of no updates, over a range of `length` parameters, 1 or more.
  public static WeightedSum zero(int length) {
    return new WeightedSum(length);
  }

  /// A sum whose mean is known already, with the total weight 1.
  public static WeightedSum of(double[] mean) {
    WeightedSum sum = new WeightedSum(mean.length);
    for (int c = 0; c < sum.sums.length; c++) {
      System.arraycopy(mean, c * CHUNK, sum.sums[c], 0, sum.sums[c].length);
    }
    sum.totalWeight = 1;
    return sum;
  }

  /// Number of parameters of the range.
  public int length() {
    return length;
  }

  /// Sum of the weights so far.
  public double totalWeight() {
    return totalWeight;
  }

  /// Adds one update: `length` little-endian float32 from the buffer's position to its limit, which
  /// are left as they were. The weight is finite and not negative. An update of weight 0 still
  /// spoils the sum with what is not finite in it: leave it out instead.
  public void add(double weight, ByteBuffer littleEndianFloats) {
    add(weight, weight, littleEndianFloats);
  }

  /// Adds one update whose factor is not what it adds to the divisor, as one that is clipped: `sum
  /// coefficient_k x_k`, `sum weight_k`. See [#add(double, ByteBuffer)].
  public void add(double coefficient, double weight, ByteBuffer littleEndianFloats) {
    check(coefficient, littleEndianFloats.remaining());
    check(weight, littleEndianFloats.remaining());
    var floats = littleEndianFloats.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (double[] sum : sums) {
      floats.get(scratch, 0, sum.length);
      addChunk(sum, coefficient, scratch);
    }
    totalWeight += weight;
  }

  /// Adds one update of `length` values; see [#add(double, ByteBuffer)].
  public void add(double weight, float[] update) {
    check(weight, (long) Float.BYTES * update.length);
    for (int c = 0; c < sums.length; c++) {
      System.arraycopy(update, c * CHUNK, scratch, 0, sums[c].length);
      addChunk(sums[c], weight, scratch);
    }
    totalWeight += weight;
  }

  /// Adds a range of several updates, chunk by chunk, so that the sums stay in the cache while all
  /// updates pass: the same bits as one [#add(double, double, ByteBuffer)] after the other. The
  /// divisor stays as it is: [#addWeight] adds to it.
  ///
  /// @param begin of the range, a multiple of [#ALIGNMENT]
  /// @param coefficients one per update, finite and not negative
  /// @param updates the range of each, little-endian float32, all of the same length
  public void addAll(int begin, double[] coefficients, ByteBuffer[] updates) {
    int columns = updates.length == 0 ? 0 : updates[0].remaining() / Float.BYTES;
    addAll(begin, columns, coefficients, Stream.of(updates).map(Values::of).toList());
  }

  /// The same where the values are fetched as they are added, each of them once and in order.
  ///
  /// @param columns values of each update
  public void addAll(int begin, int columns, double[] coefficients, List<Values> updates) {
    if (begin % CHUNK != 0) {
      throw new IllegalArgumentException("a range that begins at " + begin);
    }
    var rows = new float[TOGETHER][sums[0].length];
    int count = updates.size();
    for (int at = 0; at < columns; at += CHUNK) {
      double[] sum = sums[(begin + at) / CHUNK];
      if (Math.min(CHUNK, columns - at) != sum.length) {
        throw new IllegalArgumentException("a range that ends at " + (begin + columns));
      }
      int k = 0;
      for (; k + TOGETHER <= count; k += TOGETHER) {
        for (int r = 0; r < TOGETHER; r++) {
          updates.get(k + r).get(at, rows[r], sum.length);
        }
        addFour(sum, coefficients, k, rows);
      }
      for (; k < count; k++) {
        updates.get(k).get(at, rows[0], sum.length);
        addChunk(sum, coefficients[k], rows[0]);
      }
    }
  }

  private static void addFour(double[] sum, double[] coefficients, int k, float[][] rows) {
    double a = coefficients[k];
    double b = coefficients[k + 1];
    double c = coefficients[k + 2];
    double d = coefficients[k + 3];
    float[] w = rows[0];
    float[] x = rows[1];
    float[] y = rows[2];
    float[] z = rows[3];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = sum[i] + a * w[i] + b * x[i] + c * y[i] + d * z[i];
    }
  }

  /// Adds to the divisor alone, for an update whose factor is 0.
  public void addWeight(double weight) {
    check(weight, (long) Float.BYTES * length);
    totalWeight += weight;
  }

  private static void addChunk(double[] sum, double weight, float[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * values[i];
    }
  }

  /// Adds the updates of another sum over the same range, which is left as it was.
  public void merge(WeightedSum other) {
    if (other.length != length) {
      throw new IllegalArgumentException(
          "a sum over " + other.length + " parameters merged into one over " + length);
    }
    for (int c = 0; c < sums.length; c++) {
      double[] sum = sums[c];
      double[] added = other.sums[c];
      for (int i = 0; i < sum.length; i++) {
        sum[i] += added[i];
      }
    }
    totalWeight += other.totalWeight;
  }

  /// The weighted mean of the updates. Throws [IllegalStateException] where the total weight is 0.
  public double[] mean() {
    if (totalWeight == 0) {
      throw new IllegalStateException("the mean of updates whose total weight is 0");
    }
    var mean = new double[length];
    for (int c = 0; c < sums.length; c++) {
      for (int i = 0; i < sums[c].length; i++) {
        mean[c * CHUNK + i] = sums[c][i] / totalWeight;
      }
    }
    return mean;
  }

  /// The weighted sums themselves; zeros where there are no updates.
  public double[] sums() {
    var all = new double[length];
    for (int c = 0; c < sums.length; c++) {
      System.arraycopy(sums[c], 0, all, c * CHUNK, sums[c].length);
    }
    return all;
  }

  /// Whether every sum is a finite number; if not, [#isFinite(ByteBuffer)] finds the update.
  public boolean isFinite() {
    for (double[] sum : sums) {
      for (double value : sum) {
        if (!Double.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /// Whether every little-endian float32 from the buffer's position to its limit, which are left as
  /// they were, is a finite number. The number of bytes is a multiple of 4.
  public static boolean isFinite(ByteBuffer littleEndianFloats) {
    if (littleEndianFloats.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          littleEndianFloats.remaining() + " bytes are not a whole number of float32");
    }
    var bits = littleEndianFloats.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    var chunk = new int[Math.min(CHUNK, bits.remaining())];
    int largest = 0;
    while (bits.hasRemaining()) {
      int count = Math.min(chunk.length, bits.remaining());
      bits.get(chunk, 0, count);
      for (int i = 0; i < count; i++) {
        largest = Math.max(largest, chunk[i] & Integer.MAX_VALUE);
      }
    }
    return largest < Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
  }

  /// The sum as bytes, little-endian: the total weight, then each sum, in float64, exactly.
  public ByteBuffer encode() {
    var bytes =
        ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, Math.addExact(length, 1)))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putDouble(totalWeight);
    var doubles = bytes.asDoubleBuffer();
    for (double[] sum : sums) {
      doubles.put(sum);
    }
    return bytes.rewind();
  }

  /// The sum that [#encode()] has written, from the buffer's position to its limit, which are left
  /// as they were. Throws [FormatException] where the bytes are none.
  public static WeightedSum decode(ByteBuffer encoded) {
    int size = encoded.remaining();
    if (size < 2 * Double.BYTES || size % Double.BYTES != 0) {
      throw new FormatException(size, "a weighted sum ends here, inside a float64");
    }
    var doubles = encoded.slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    var sum = new WeightedSum(size / Double.BYTES - 1);
    sum.totalWeight = doubles.get();
    if (!(sum.totalWeight >= 0) || Double.isInfinite(sum.totalWeight)) {
      throw new FormatException(0, "a weighted sum has the total weight " + sum.totalWeight);
    }
    for (double[] chunk : sum.sums) {
      doubles.get(chunk);
    }
    return sum;
  }

  private void check(double weight, long bytes) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("an update has the weight " + weight);
    }
    long needed = (long) Float.BYTES * length;
    if (bytes != needed) {
      throw new IllegalArgumentException(
          "an update of %d bytes for a sum over %d parameters, which are %d"
              .formatted(bytes, length, needed));
    }
  }
}
