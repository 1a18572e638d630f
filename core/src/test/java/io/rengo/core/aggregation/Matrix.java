package io.rengo.core.aggregation;

import io.rengo.core.WeightedSum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An update matrix for tests, measured, weighed and folded as a round does it.
record Matrix(float[][] rows) {
  static Matrix of(double[]... rows) {
    return new Matrix(
        Stream.of(rows)
            .map(row -> {
              float[] floats = new float[row.length];
              for (int i = 0; i < row.length; i++) {
                floats[i] = (float) row[i];
              }
              return floats;
            })
            .toArray(float[][]::new));
  }

  /// Rows around a centre, each coordinate with this standard deviation.
  static Matrix around(double centre, double deviation, int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      Arrays.setAll(row, i -> centre + deviation * random.nextGaussian());
    }
    return of(values);
  }

  /// The same with the first rows replaced.
  Matrix with(int count, double factor) {
    float[][] changed = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      changed[i] = rows[i].clone();
      for (int c = 0; c < changed[i].length && i < count; c++) {
        changed[i][c] *= (float) factor;
      }
    }
    return new Matrix(changed);
  }

  /// The same with further rows below.
  Matrix below(float[]... more) {
    return new Matrix(
        Stream.concat(Arrays.stream(rows), Arrays.stream(more)).toArray(float[][]::new));
  }

  ByteBuffer[] buffers() {
    return Stream.of(rows)
        .map(row -> {
          ByteBuffer bytes =
              ByteBuffer.allocate(row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          bytes.asFloatBuffer().put(row);
          return bytes;
        })
        .toArray(ByteBuffer[]::new);
  }

  Gram gram() {
    return new MatrixMeasure(rows.length).measure(buffers());
  }

  double[] aggregate(Rule rule) {
    return aggregate(rule, rows.length);
  }

  /// What a rule makes of the first rows, the others being its references.
  double[] aggregate(Rule rule, int updates) {
    double[] examples = new double[updates];
    Arrays.fill(examples, 1);
    Weighing weighing = rule.weigh(gram(), examples);
    ByteBuffer[] all = buffers();
    ByteBuffer[] counted =
        IntStream.range(0, updates)
            .filter(i -> weighing.updates().get(i).share() > 0)
            .mapToObj(i -> all[i])
            .toArray(ByteBuffer[]::new);
    Optional<ColumnStatistic> statistic = rule.statistic(counted.length);
    if (statistic.isPresent()) {
      double[] folded = new double[rows[0].length];
      new ColumnFold(statistic.get()).fold(counted, folded, 0);
      return folded;
    }
    WeightedSum sum = WeightedSum.zero(rows[0].length);
    for (int i = 0; i < updates; i++) {
      sum.add(weighing.updates().get(i).coefficient(), weighing.updates().get(i).share(), all[i]);
    }
    for (int i = 0; i < weighing.references().size(); i++) {
      sum.add(weighing.references().get(i), 0, all[updates + i]);
    }
    return sum.mean();
  }

  /// The mean of the rows from `from` on.
  double[] mean(int from) {
    double[] mean = new double[rows[0].length];
    for (int i = from; i < rows.length; i++) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += rows[i][c] / (double) (rows.length - from);
      }
    }
    return mean;
  }

  static double distance(double[] a, double[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }
}
