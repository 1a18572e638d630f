package io.rengo.trainer.dense;

import io.rengo.agent.Examples;
import io.rengo.core.privacy.Clip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A network's parameters and the buffers to run blocks of rows through it.
///
/// The gradient of a layer is `belowᵀ deltas`, or the sum of that over the positions of its
/// filters; everything per example (values, deltas) is kept until the next block, one row each.
final class Network {
  private final DenseModel model;
  private final Kernels kernels;
  private final List<Layer> layers = new ArrayList<>();
  private final float[][] inputs;
  private final float[] targets;

  Network(DenseModel model, Kernels kernels, int rows) {
    this.model = model;
    this.kernels = kernels;
    for (Convolution convolution : model.convolutions()) {
      layers.add(new ConvolutionLayer(convolution, rows));
    }
    for (int i = 0; i + 1 < model.widths().size(); i++) {
      layers.add(new DenseLayer(model.widths().get(i), model.widths().get(i + 1), rows));
    }
    inputs = new float[Kernels.padded(rows, Kernels.ROWS)][layers.getFirst().paddedInputs()];
    targets = new float[rows];
  }

  void load(float[] flat) {
    int start = 0;
    for (Layer layer : layers) {
      start = layer.affine().load(flat, start);
    }
  }

  void store(float[] flat) {
    int start = 0;
    for (Layer layer : layers) {
      start = layer.affine().store(flat, start);
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
    for (Layer layer : layers) {
      start = layer.affine().storeGradient(flat, start);
    }
  }

  /// The arrays that the parameters lie in, padding included.
  float[][] parameters() {
    List<float[]> arrays = new ArrayList<>();
    for (Layer layer : layers) {
      arrays.addAll(layer.parameters());
    }
    return arrays.toArray(float[][]::new);
  }

  /// The arrays of the gradient, which go with [#parameters()] one by one.
  float[][] gradient() {
    List<float[]> arrays = new ArrayList<>();
    for (Layer layer : layers) {
      arrays.addAll(layer.gradients());
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
    for (Layer layer : layers) {
      layer.forward(kernels, below, rows);
      if (layer != layers.getLast()) {
        for (int r = 0; r < rows; r++) {
          model.activation().apply(layer.values()[r], layer.outputs());
        }
      }
      below = layer.values();
    }
  }

  /// The output layer's values of a row, before any activation.
  float[] output(int row) {
    return layers.getLast().values()[row];
  }

  /// Sum of the losses of the block's first rows after [#forward]; their deltas are set.
  double loss(int rows) {
    return loss(0, rows);
  }

  /// The same of so many rows from one on.
  double loss(int from, int rows) {
    Layer last = layers.getLast();
    double sum = 0;
    for (int r = from; r < from + rows; r++) {
      sum += model.loss().of(last.values()[r], last.outputs(), targets[r], last.deltas()[r]);
    }
    return sum;
  }

  /// Number of values of each of the [#gradient] arrays that are not padding.
  int[] usedColumns() {
    return layers.stream()
        .flatMapToInt(layer ->
            IntStream.generate(() -> layer.affine().outputs).limit(layer.affine().inputs + 1L))
        .toArray();
  }

  /// Sets the gradient of the **sum** of the losses of the block's first rows, after [#loss], where
  /// each row's own gradient is first scaled down to a norm of at most `bound`.
  void backwardClipped(int rows, double bound) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      layers.get(i).spread(rows);
      layers.get(i).beginClipped();
      if (i > 0) {
        backward(i, rows);
      }
    }
    for (int r = 0; r < rows; r++) {
      double squares = 0;
      for (int i = 0; i < layers.size(); i++) {
        squares += layers.get(i).squaredNorm(kernels, below(i)[r], r);
      }
      float factor = (float) Clip.safeFactor(Math.sqrt(squares), bound);
      for (Layer layer : layers) {
        layer.clip(r, factor);
      }
    }
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).clippedGradient(kernels, below(i), rows);
    }
  }

  /// Sets the deltas of the layer below one.
  private void backward(int i, int rows) {
    Layer below = layers.get(i - 1);
    layers.get(i).backward(kernels, below.deltas(), rows);
    for (int r = 0; r < rows; r++) {
      model.activation().backward(below.values()[r], below.deltas()[r], below.outputs());
    }
  }

  private float[][] below(int i) {
    return i == 0 ? inputs : layers.get(i - 1).values();
  }

  /// Sets the gradient of the mean loss of the block's first rows, after [#loss].
  void backward(int rows) {
    float scale = 1f / rows;
    Layer last = layers.getLast();
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < last.outputs(); j++) {
        last.deltas()[r][j] *= scale;
      }
    }
    for (int i = layers.size() - 1; i >= 0; i--) {
      layers.get(i).spread(rows);
      layers.get(i).gradient(kernels, below(i), rows);
      if (i > 0) {
        backward(i, rows);
      }
    }
  }
}
