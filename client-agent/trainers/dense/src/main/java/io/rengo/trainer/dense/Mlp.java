package io.rengo.trainer.dense;

import io.rengo.agent.Examples;
import io.rengo.core.privacy.Clip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A network's parameters and the buffers to run blocks of rows through it.
///
/// The gradient of a layer is `belowᵀ deltas`; everything per example (values, deltas) is kept
/// until the next block, one row each.
final class Mlp {
  private final DenseModel model;
  private final Kernels kernels;
  private final List<DenseLayer> layers = new ArrayList<>();
  private final float[][] inputs;
  private final float[] targets;

  Mlp(DenseModel model, Kernels kernels, int rows) {
    this.model = model;
    this.kernels = kernels;
    for (int i = 0; i + 1 < model.widths().size(); i++) {
      layers.add(new DenseLayer(model.widths().get(i), model.widths().get(i + 1), rows));
    }
    inputs = new float[Kernels.padded(rows, Kernels.ROWS)][layers.getFirst().paddedInputs];
    targets = new float[rows];
  }

  void load(float[] flat) {
    int start = 0;
    for (DenseLayer layer : layers) {
      start = layer.load(flat, start);
    }
  }

  void store(float[] flat) {
    int start = 0;
    for (DenseLayer layer : layers) {
      start = layer.store(flat, start);
    }
  }

  /// A flat vector in the arrays that the parameters lie in, which are used up.
  float[][] arrays(float[] flat) {
    load(flat);
    return Arrays.stream(parameters()).map(float[]::clone).toArray(float[][]::new);
  }

  /// Copies the gradient out to a flat vector.
  void storeGradient(float[] flat) {
    int start = 0;
    for (DenseLayer layer : layers) {
      start = layer.storeGradient(flat, start);
    }
  }

  /// The arrays that the parameters lie in, padding included.
  float[][] parameters() {
    List<float[]> arrays = new ArrayList<>();
    for (DenseLayer layer : layers) {
      arrays.addAll(List.of(layer.kernel));
      arrays.add(layer.bias);
    }
    return arrays.toArray(float[][]::new);
  }

  /// The arrays of the gradient, which go with [#parameters()] one by one.
  float[][] gradient() {
    List<float[]> arrays = new ArrayList<>();
    for (DenseLayer layer : layers) {
      arrays.addAll(List.of(layer.kernelGradient).subList(0, layer.inputs));
      arrays.add(layer.biasGradient);
    }
    return arrays.toArray(float[][]::new);
  }

  /// Puts these rows of the examples into the block.
  void take(Examples examples, int[] rows) {
    int width = examples.width();
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(examples.features(), rows[i] * width, inputs[i], 0, width);
      targets[i] = examples.targets()[rows[i]];
    }
  }

  /// Runs the block's first rows forward.
  void forward(int rows) {
    float[][] below = inputs;
    for (DenseLayer layer : layers) {
      layer.forward(kernels, below, rows);
      if (layer != layers.getLast()) {
        for (int r = 0; r < rows; r++) {
          model.activation().apply(layer.values[r], layer.outputs);
        }
      }
      below = layer.values;
    }
  }

  /// The output layer's values of a row, before any activation.
  float[] output(int row) {
    return layers.getLast().values[row];
  }

  /// Sum of the losses of the block's first rows after [#forward]; their deltas are set.
  double loss(int rows) {
    return loss(0, rows);
  }

  /// The same of so many rows from one on.
  double loss(int from, int rows) {
    DenseLayer last = layers.getLast();
    double sum = 0;
    for (int r = from; r < from + rows; r++) {
      sum += model.loss().of(last.values[r], last.outputs, targets[r], last.deltas[r]);
    }
    return sum;
  }

  /// Number of values of each of the [#gradient] arrays that are not padding.
  int[] usedColumns() {
    return layers.stream()
        .flatMapToInt(layer -> IntStream.generate(() -> layer.outputs).limit(layer.inputs + 1L))
        .toArray();
  }

  /// Sets the gradient of the **sum** of the losses of the block's first rows, after [#loss], where
  /// each row's own gradient is first scaled down to a norm of at most `bound`. A row's gradient by
  /// a kernel is the outer product of what goes into the layer and its deltas, so its norm is the
  /// product of theirs.
  void backwardClipped(int rows, double bound) {
    for (int i = layers.size() - 1; i > 0; i--) {
      DenseLayer below = layers.get(i - 1);
      layers.get(i).backward(kernels, below.deltas, rows);
      for (int r = 0; r < rows; r++) {
        model.activation().backward(below.values[r], below.deltas[r], below.outputs);
      }
    }
    for (int r = 0; r < rows; r++) {
      double squares = 0;
      for (int i = 0; i < layers.size(); i++) {
        DenseLayer layer = layers.get(i);
        float[] in = i == 0 ? inputs[r] : layers.get(i - 1).values[r];
        squares += (1 + square(in, layer.inputs)) * square(layer.deltas[r], layer.outputs);
      }
      float factor = (float) Clip.safeFactor(Math.sqrt(squares), bound);
      if (factor < 1) {
        for (DenseLayer layer : layers) {
          for (int j = 0; j < layer.outputs; j++) {
            layer.deltas[r][j] *= factor;
          }
        }
      }
    }
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).gradient(kernels, i == 0 ? inputs : layers.get(i - 1).values, rows);
    }
  }

  /// In four sums, so that they need not wait for one another.
  private static double square(float[] values, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      a += (double) values[i] * values[i];
      b += (double) values[i + 1] * values[i + 1];
      c += (double) values[i + 2] * values[i + 2];
      d += (double) values[i + 3] * values[i + 3];
    }
    for (; i < count; i++) {
      a += (double) values[i] * values[i];
    }
    return a + b + c + d;
  }

  /// Sets the gradient of the mean loss of the block's first rows, after [#loss].
  void backward(int rows) {
    float scale = 1f / rows;
    DenseLayer last = layers.getLast();
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < last.outputs; j++) {
        last.deltas[r][j] *= scale;
      }
    }
    for (int i = layers.size() - 1; i >= 0; i--) {
      DenseLayer layer = layers.get(i);
      layer.gradient(kernels, i == 0 ? inputs : layers.get(i - 1).values, rows);
      if (i > 0) {
        DenseLayer below = layers.get(i - 1);
        layer.backward(kernels, below.deltas, rows);
        for (int r = 0; r < rows; r++) {
          model.activation().backward(below.values[r], below.deltas[r], below.outputs);
        }
      }
    }
  }
}
