package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.WeightedSum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Numbers of test vectors as arrays, and the product's weighted mean on them.
final class Numbers {
  private Numbers() {}

  static double[] vector(JsonNode array) {
    return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  static double[][] matrix(JsonNode rows) {
    return rows.valueStream().map(Numbers::vector).toArray(double[][]::new);
  }

  /// The weighted mean by [WeightedSum]. Its values are float32 and the vectors' are not, so each
  /// is split into a float32 and what is left of it, and the means of both parts are added.
  static double[] mean(double[][] rows, double[] weights) {
    return mean(rows, weights, weights);
  }

  /// The same where a row's factor is not what it adds to the divisor.
  static double[] mean(double[][] rows, double[] coefficients, double[] weights) {
    var high = WeightedSum.zero(rows[0].length);
    var low = WeightedSum.zero(rows[0].length);
    for (int k = 0; k < rows.length; k++) {
      var rounded = new float[rows[k].length];
      var rest = new float[rows[k].length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) rows[k][i];
        rest[i] = (float) (rows[k][i] - rounded[i]);
      }
      high.add(coefficients[k], weights[k], buffer(rounded));
      low.add(coefficients[k], weights[k], buffer(rest));
    }
    double[] mean = high.mean();
    double[] rest = low.mean();
    for (int i = 0; i < mean.length; i++) {
      mean[i] += rest[i];
    }
    return mean;
  }

  private static ByteBuffer buffer(float[] values) {
    var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  /// `a - b`.
  static double[] minus(double[] a, double[] b) {
    var difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }
}
