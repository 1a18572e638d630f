package io.rengo.trainer.dense;

import java.util.ArrayList;
import java.util.List;

/// One layer's parameters, gradient and values for a block of rows, all padded as [Kernels] asks;
/// what follows it, the activation, is the [Network]'s.
sealed interface Layer permits DenseLayer, ConvolutionLayer {
  /// Number of values of an example that go in, and the same as padded columns.
  int inputs();

  int paddedInputs();

  /// Number of values of an example that leave the layer.
  int outputs();

  /// What leaves the layer, one row per example.
  float[][] values();

  /// The loss's derivative by what leaves the layer, before the activation.
  float[][] deltas();

  /// The layer of what the parameters are: of each position's patch, or of the example itself.
  DenseLayer affine();

  /// Sets the values of the first `rows` rows from those of the layer below.
  void forward(Kernels kernels, float[][] below, int rows);

  /// Takes up the deltas, before all that follows.
  default void spread(int rows) {}

  /// Sets the gradient from the deltas and the values of the layer below.
  void gradient(Kernels kernels, float[][] below, int rows);

  /// Sets the loss's derivative by the values of the layer below.
  void backward(Kernels kernels, float[][] deltasBelow, int rows);

  /// Makes ready for a sum of clipped gradients.
  default void beginClipped() {}

  /// Square of the norm of one row's gradient.
  double squaredNorm(Kernels kernels, float[] below, int row);

  /// Scales the gradient of the row whose norm was asked for last.
  void clip(int row, float factor);

  /// Sets the gradient of the sum over the clipped rows.
  void clippedGradient(Kernels kernels, float[][] below, int rows);

  /// The arrays that the parameters lie in, padding included.
  default List<float[]> parameters() {
    return arrays(affine().kernel, affine().bias);
  }

  /// The arrays of the gradient, which go with [#parameters()] one by one.
  default List<float[]> gradients() {
    return arrays(affine().kernelGradient, affine().biasGradient);
  }

  private List<float[]> arrays(float[][] kernel, float[] bias) {
    List<float[]> arrays = new ArrayList<>(List.of(kernel).subList(0, affine().inputs));
    arrays.add(bias);
    return arrays;
  }
}
