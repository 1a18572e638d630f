package io.rengo.core.vectors;

import io.rengo.core.aggregation.ColumnFold;
import io.rengo.core.aggregation.ColumnStatistic;
import io.rengo.core.aggregation.Gram;
import io.rengo.core.aggregation.MatrixMeasure;
import io.rengo.core.aggregation.Weighing;
import io.rengo.core.aggregation.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Rows of test vectors as the product takes them, in float32. The vectors' numbers have a few
/// decimals: in units of the last one they are whole, and float32 holds them exactly. What comes
/// back is turned into the vectors' unit again.
final class Exact {
  private static final int MOST_DECIMALS = 9;

  private final double[][] rows;
  final double unit;

  private Exact(double[][] rows, double unit) {
    this.rows = rows;
    this.unit = unit;
  }

  static Exact of(double[][] rows) {
    for (double unit = 1; unit <= Math.pow(10, MOST_DECIMALS); unit *= 10) {
      double[][] scaled = new double[rows.length][];
      boolean exact = true;
      for (int i = 0; i < rows.length; i++) {
        scaled[i] = new double[rows[i].length];
        for (int j = 0; j < rows[i].length; j++) {
          scaled[i][j] = Math.rint(rows[i][j] * unit);
          exact &=
              (float) scaled[i][j] == scaled[i][j]
                  && Math.abs(scaled[i][j] / unit - rows[i][j]) <= Math.ulp(rows[i][j]);
        }
      }
      if (exact) {
        return new Exact(scaled, unit);
      }
    }
    return new Exact(rows, 1);
  }

  private ByteBuffer[] buffers() {
    return Stream.of(rows).map(Exact::buffer).toArray(ByteBuffer[]::new);
  }

  private static ByteBuffer buffer(double[] row) {
    ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : row) {
      bytes.putFloat((float) value);
    }
    return bytes.flip();
  }

  Gram gram() {
    return new MatrixMeasure(rows.length).measure(buffers());
  }

  /// The column statistic of some of the rows.
  double[] fold(List<Integer> chosen, ColumnStatistic statistic) {
    ByteBuffer[] all = buffers();
    double[] out = new double[rows[0].length];
    ByteBuffer[] some = chosen.stream().map(i -> all[i]).toArray(ByteBuffer[]::new);
    new ColumnFold(statistic).fold(some, out, 0);
    return back(out);
  }

  double[] fold(ColumnStatistic statistic) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      all.add(i);
    }
    return fold(all, statistic);
  }

  /// The weighted sum of the rows, those of the references last.
  double[] fold(Weighing weighing) {
    double[] coefficients =
        Stream.concat(
                weighing.updates().stream().map(Weight::coefficient),
                weighing.references().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    double[] shares = new double[coefficients.length];
    for (int i = 0; i < weighing.updates().size(); i++) {
      shares[i] = weighing.updates().get(i).share();
    }
    double[][] folded = java.util.Arrays.copyOf(rows, coefficients.length);
    return back(Numbers.mean(folded, coefficients, shares));
  }

  double[] back(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= unit;
    }
    return values;
  }
}
