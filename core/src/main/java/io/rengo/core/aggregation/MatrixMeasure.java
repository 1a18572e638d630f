package io.rengo.core.aggregation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/// Measures one range of columns of a matrix: the products and distances of its rows, in float64.
///
/// Rows are centred on one of them before they are multiplied, and the products about the origin
/// are put together from those about the centre: where updates lie close together and far from the
/// origin, their distances are as exact as if each difference had been taken by itself. The centre
/// is the row whose norm is the median of the range's norms. As long as fewer than half of the rows
/// are hostile, its norm is no larger than an honest one, so that no member can spoil the others'
/// distances by sending huge values.
public final class MatrixMeasure {
  /// Columns that are multiplied at once: a few rows of them fit into the first-level cache.
  static final int WIDTH = 512;

  private static final int CHUNK_NUMBERS = 1 << 22;
  private static final int WIDEST_CHUNK = 1 << 16;

  private final int rows;
  private final int padded;
  private final double[][] tile;
  private final float[] scratch = new float[WIDTH];

  /// A measurement of so many rows; its memory is used again for each range.
  public MatrixMeasure(int rows) {
    this.rows = rows;
    this.padded = Math.ceilDiv(rows, Dots.HIGH) * Dots.HIGH;
    this.tile = new double[padded][WIDTH];
  }

  /// How many columns of so many rows are measured at once: those share a centre. It depends on
  /// nothing else, so that the same updates give the same bits on every machine.
  public static int chunk(int rows) {
    return Math.clamp(Integer.highestOneBit(CHUNK_NUMBERS / rows), WIDTH, WIDEST_CHUNK);
  }

  /// The products and distances over a range of columns.
  ///
  /// @param values of each row, little-endian float32, all of the same length; left as they were
  public Gram measure(ByteBuffer[] values) {
    FloatBuffer[] floats = floats(values);
    double[] norms = squaredNorms(floats);
    int centre = Order.ascending(norms)[(rows - 1) / 2];
    double[][] sums = new double[padded][padded];
    int columns = floats[0].limit();
    for (int from = 0; from < columns; from += WIDTH) {
      int count = Math.min(WIDTH, columns - from);
      int width = Math.ceilDiv(count, Dots.LANES) * Dots.LANES;
      load(floats, centre, from, count, width);
      Dots.best().add(tile, padded, width, sums);
    }
    return uncentred(sums, centre);
  }

  /// The squared norms alone.
  public Gram norms(ByteBuffer[] values) {
    Gram gram = Gram.zero(rows, false);
    double[] norms = squaredNorms(floats(values));
    for (int i = 0; i < rows; i++) {
      gram.add(i, i, norms[i], 0);
    }
    return gram;
  }

  private FloatBuffer[] floats(ByteBuffer[] values) {
    if (values.length != rows) {
      throw new IllegalArgumentException(values.length + " rows, expected " + rows);
    }
    FloatBuffer[] floats = new FloatBuffer[rows];
    for (int i = 0; i < rows; i++) {
      floats[i] = values[i].slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      if (floats[i].limit() != floats[0].limit()) {
        throw new IllegalArgumentException(
            "row %d has %d columns, the first has %d"
                .formatted(i, floats[i].limit(), floats[0].limit()));
      }
    }
    return floats;
  }

  private double[] squaredNorms(FloatBuffer[] floats) {
    double[] norms = new double[rows];
    double[] sums = new double[WIDTH];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(sums, 0);
      for (int from = 0; from < floats[i].limit(); from += WIDTH) {
        int count = Math.min(WIDTH, floats[i].limit() - from);
        floats[i].get(from, scratch, 0, count);
        Arrays.fill(scratch, count, WIDTH, 0);
        addSquares(scratch, sums);
      }
      for (double sum : sums) {
        norms[i] += sum;
      }
    }
    return norms;
  }

  private static void addSquares(float[] values, double[] sums) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += (double) values[c] * values[c];
    }
  }

  /// Fills the tile with the rows less the centre, and with the centre itself at its place.
  private void load(FloatBuffer[] floats, int centre, int from, int count, int width) {
    double[] origin = tile[centre];
    copy(floats[centre], from, count, width, origin);
    for (int i = 0; i < rows; i++) {
      if (i != centre) {
        copy(floats[i], from, count, width, tile[i]);
        subtract(tile[i], origin);
      }
    }
  }

  private void copy(FloatBuffer floats, int from, int count, int width, double[] row) {
    floats.get(from, scratch, 0, count);
    Arrays.fill(scratch, count, width, 0);
    for (int c = 0; c < row.length; c++) {
      row[c] = scratch[c];
    }
  }

  private static void subtract(double[] row, double[] origin) {
    for (int c = 0; c < row.length; c++) {
      row[c] -= origin[c];
    }
  }

  /// With `y_i = x_i - x_c`: `<x_i, x_j> = <y_i, y_j> + <y_i, x_c> + <y_j, x_c> + <x_c, x_c>`.
  private Gram uncentred(double[][] sums, int centre) {
    double square = sums[centre][centre];
    double[] along = new double[rows];
    double[] spread = new double[rows];
    for (int i = 0; i < rows; i++) {
      if (i != centre) {
        along[i] = sums[Math.max(i, centre)][Math.min(i, centre)];
        spread[i] = sums[i][i];
      }
    }
    Gram gram = Gram.zero(rows, true);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        double inner = i == centre || j == centre ? 0 : sums[i][j];
        gram.add(
            i,
            j,
            inner + (along[i] + along[j]) + square,
            i == j ? 0 : spread[i] + spread[j] - 2 * inner);
      }
    }
    return gram;
  }
}
