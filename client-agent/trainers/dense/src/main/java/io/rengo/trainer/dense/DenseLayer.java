package io.rengo.trainer.dense;

import java.util.Arrays;

/// One layer's parameters, gradient and values for a block of rows, all padded as [Kernels] asks.
/// The padding of parameters and deltas is zero and stays so.
final class DenseLayer implements Layer {
  final int inputs;
  final int outputs;

  /// `inputs` padded as columns, since the layer below has as many outputs.
  final int paddedInputs;

  final int paddedOutputs;
  final float[][] kernel;
  final float[] bias;
  final float[][] kernelGradient;
  final float[] biasGradient;

  /// What leaves the layer, one row per example.
  final float[][] values;

  /// The loss's derivative by what leaves the layer, before the activation.
  final float[][] deltas;

  private final float[][] transposed;

  DenseLayer(int inputs, int outputs, int rows) {
    this.inputs = inputs;
    this.outputs = outputs;
    paddedInputs = Kernels.padded(inputs, Kernels.ALIGNMENT);
    paddedOutputs = Kernels.padded(outputs, Kernels.ALIGNMENT);
    kernel = new float[inputs][paddedOutputs];
    bias = new float[paddedOutputs];
    kernelGradient = new float[Kernels.padded(inputs, Kernels.ROWS)][paddedOutputs];
    biasGradient = new float[paddedOutputs];
    values = new float[Kernels.padded(rows, Kernels.ROWS)][paddedOutputs];
    deltas = new float[values.length][paddedOutputs];
    transposed = new float[outputs][paddedInputs];
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int paddedInputs() {
    return paddedInputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public float[][] values() {
    return values;
  }

  @Override
  public float[][] deltas() {
    return deltas;
  }

  @Override
  public DenseLayer affine() {
    return this;
  }

  /// Copies the parameters in from a flat vector and returns where they end.
  int load(float[] flat, int start) {
    for (int i = 0; i < inputs; i++) {
      System.arraycopy(flat, start + i * outputs, kernel[i], 0, outputs);
    }
    System.arraycopy(flat, start + inputs * outputs, bias, 0, outputs);
    return start + inputs * outputs + outputs;
  }

  /// Copies the parameters out to a flat vector and returns where they end.
  int store(float[] flat, int start) {
    for (int i = 0; i < inputs; i++) {
      System.arraycopy(kernel[i], 0, flat, start + i * outputs, outputs);
    }
    System.arraycopy(bias, 0, flat, start + inputs * outputs, outputs);
    return start + inputs * outputs + outputs;
  }

  /// Copies the gradient out to a flat vector and returns where it ends.
  int storeGradient(float[] flat, int start) {
    for (int i = 0; i < inputs; i++) {
      System.arraycopy(kernelGradient[i], 0, flat, start + i * outputs, outputs);
    }
    System.arraycopy(biasGradient, 0, flat, start + inputs * outputs, outputs);
    return start + inputs * outputs + outputs;
  }

  @Override
  public void forward(Kernels kernels, float[][] below, int rows) {
    int padded = Kernels.padded(rows, Kernels.ROWS);
    for (int r = 0; r < padded; r++) {
      System.arraycopy(bias, 0, values[r], 0, paddedOutputs);
    }
    kernels.multiply(below, kernel, values, padded, inputs, paddedOutputs);
  }

  @Override
  public void gradient(Kernels kernels, float[][] below, int rows) {
    kernels.multiplyTransposed(
        below, deltas, kernelGradient, rows, Kernels.padded(inputs, Kernels.ROWS), paddedOutputs);
    Arrays.fill(biasGradient, 0);
    for (int r = 0; r < rows; r++) {
      float[] delta = deltas[r];
      for (int j = 0; j < outputs; j++) {
        biasGradient[j] += delta[j];
      }
    }
  }

  /// A row's gradient by the kernel is the outer product of what goes into the layer and its
  /// deltas, so its norm is the product of theirs.
  @Override
  public double squaredNorm(Kernels kernels, float[] below, int row) {
    return (1 + Squares.sum(below, inputs)) * Squares.sum(deltas[row], outputs);
  }

  @Override
  public void clip(int row, float factor) {
    for (int j = 0; j < outputs; j++) {
      deltas[row][j] *= factor;
    }
  }

  @Override
  public void clippedGradient(Kernels kernels, float[][] below, int rows) {
    gradient(kernels, below, rows);
  }

  @Override
  public void backward(Kernels kernels, float[][] deltasBelow, int rows) {
    for (int i = 0; i < inputs; i++) {
      float[] row = kernel[i];
      for (int j = 0; j < outputs; j++) {
        transposed[j][i] = row[j];
      }
    }
    int padded = Kernels.padded(rows, Kernels.ROWS);
    for (int r = 0; r < padded; r++) {
      Arrays.fill(deltasBelow[r], 0);
    }
    kernels.multiply(deltas, transposed, deltasBelow, padded, outputs, paddedInputs);
  }
}
