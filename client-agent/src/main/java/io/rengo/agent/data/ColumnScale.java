package io.rengo.agent.data;

import io.rengo.agent.Examples;
import java.util.Arrays;

/// `(x - shift) * factor` for each column. A column that is constant keeps factor 1.
record ColumnScale(double[] shift, double[] factor) {
  static ColumnScale constant(int width, double shift, double factor) {
    double[] shifts = new double[width];
    double[] factors = new double[width];
    Arrays.fill(shifts, shift);
    Arrays.fill(factors, factor);
    return new ColumnScale(shifts, factors);
  }

  static ColumnScale range(Examples examples) {
    ColumnScale scale = constant(examples.width(), 0, 1);
    for (int j = 0; j < examples.width() && examples.count() > 0; j++) {
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < examples.count(); i++) {
        double x = examples.features()[i * examples.width() + j];
        min = Math.min(min, x);
        max = Math.max(max, x);
      }
      scale.shift[j] = min;
      scale.factor[j] = max > min ? 1 / (max - min) : 1;
    }
    return scale;
  }

  static ColumnScale standard(Examples examples) {
    ColumnScale scale = constant(examples.width(), 0, 1);
    for (int j = 0; j < examples.width() && examples.count() > 0; j++) {
      double sum = 0;
      for (int i = 0; i < examples.count(); i++) {
        sum += examples.features()[i * examples.width() + j];
      }
      double mean = sum / examples.count();
      double squares = 0;
      for (int i = 0; i < examples.count(); i++) {
        double difference = examples.features()[i * examples.width() + j] - mean;
        squares += difference * difference;
      }
      scale.shift[j] = mean;
      scale.factor[j] = squares > 0 ? 1 / Math.sqrt(squares / examples.count()) : 1;
    }
    return scale;
  }

  Examples apply(Examples examples) {
    float[] scaled = new float[examples.features().length];
    for (int i = 0; i < scaled.length; i++) {
      int column = i % examples.width();
      scaled[i] = (float) ((examples.features()[i] - shift[column]) * factor[column]);
    }
    return new Examples(examples.count(), examples.width(), scaled, examples.targets());
  }
}
