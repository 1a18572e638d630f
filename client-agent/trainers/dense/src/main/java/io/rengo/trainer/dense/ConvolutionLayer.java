package io.rengo.trainer.dense;

import java.util.Arrays;

/// A [Convolution] as one matrix product: the patches under the filters, of all positions of all
/// examples, are the rows of a [DenseLayer] (Chellapilla, Puri and Simard 2006).
///
/// An example's gradient is the product of its own patches and deltas. Filters are small and
/// positions many, so it is made whole, measured and added to the sum with its factor: that costs
/// no more than the gradient of the block does, and each product of a patch and a delta is taken
/// once. The squared norm alone, from the products of all pairs of positions, would cost more.
final class ConvolutionLayer implements Layer {
  private final Convolution shape;
  private final DenseLayer filters;
  private final float[][] patches;
  private float[][] patchDeltas = {};
  private final float[][] values;
  private final float[][] deltas;

  /// Of each value, the position that it was the largest at.
  private final int[][] chosen;

  /// Patches and deltas of each example, the same arrays as in all.
  private final float[][][] ownPatches;

  private final float[][][] ownDeltas;
  private final float[][] own;
  private final float[] ownBias;

  ConvolutionLayer(Convolution shape, int rows) {
    this.shape = shape;
    int positions = shape.positions();
    filters = new DenseLayer(shape.patch(), shape.filters(), Math.multiplyExact(rows, positions));
    patches = new float[filters.values.length][filters.paddedInputs];
    int padded = Kernels.padded(rows, Kernels.ROWS);
    values = new float[padded][Kernels.padded(shape.outputs(), Kernels.ALIGNMENT)];
    deltas = new float[padded][values[0].length];
    chosen = new int[rows][shape.outputs()];
    ownPatches = new float[rows][][];
    ownDeltas = new float[rows][][];
    for (int r = 0; r < rows; r++) {
      ownPatches[r] = Arrays.copyOfRange(patches, r * positions, (r + 1) * positions);
      ownDeltas[r] = Arrays.copyOfRange(filters.deltas, r * positions, (r + 1) * positions);
    }
    own = new float[filters.kernelGradient.length][filters.paddedOutputs];
    ownBias = new float[filters.paddedOutputs];
  }

  @Override
  public int inputs() {
    return shape.inputs();
  }

  @Override
  public int paddedInputs() {
    return Kernels.padded(shape.inputs(), Kernels.ALIGNMENT);
  }

  @Override
  public int outputs() {
    return shape.outputs();
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
    return filters;
  }

  @Override
  public void forward(Kernels kernels, float[][] below, int rows) {
    for (int r = 0; r < rows; r++) {
      for (int p = 0; p < shape.positions(); p++) {
        float[] patch = ownPatches[r][p];
        int length = shape.kernel() * shape.channels();
        for (int y = 0; y < shape.kernel(); y++) {
          int from = begin(p, y);
          for (int i = 0; i < length; i++) {
            patch[y * length + i] = below[r][from + i];
          }
        }
      }
    }
    filters.forward(kernels, patches, rows * shape.positions());
    for (int r = 0; r < rows; r++) {
      pool(r);
    }
  }

  /// Where a line of a position's patch begins in the image.
  private int begin(int position, int line) {
    int top = position / shape.wide() * shape.stride();
    int left = position % shape.wide() * shape.stride();
    return ((top + line) * shape.width() + left) * shape.channels();
  }

  private void pool(int row) {
    int size = shape.pool();
    int wide = shape.wide() / size;
    int count = shape.filters();
    for (int square = 0; square < shape.outputs() / count; square++) {
      int corner = square / wide * size * shape.wide() + square % wide * size;
      int at = square * count;
      Arrays.fill(chosen[row], at, at + count, corner);
      System.arraycopy(position(row, corner), 0, values[row], at, count);
      for (int next = 1; next < size * size; next++) {
        int other = corner + next / size * shape.wide() + next % size;
        float[] candidate = position(row, other);
        for (int j = 0; j < count; j++) {
          if (candidate[j] > values[row][at + j]) {
            values[row][at + j] = candidate[j];
            chosen[row][at + j] = other;
          }
        }
      }
    }
  }

  private float[] position(int row, int position) {
    return filters.values[row * shape.positions() + position];
  }

  @Override
  public void spread(int rows) {
    int count = shape.filters();
    for (int r = 0; r < rows; r++) {
      for (float[] delta : ownDeltas[r]) {
        Arrays.fill(delta, 0, count, 0);
      }
      for (int i = 0; i < shape.outputs(); i++) {
        ownDeltas[r][chosen[r][i]][i % count] = deltas[r][i];
      }
    }
  }

  @Override
  public void gradient(Kernels kernels, float[][] below, int rows) {
    filters.gradient(kernels, patches, rows * shape.positions());
  }

  @Override
  public void backward(Kernels kernels, float[][] deltasBelow, int rows) {
    if (patchDeltas.length == 0) {
      patchDeltas = new float[patches.length][filters.paddedInputs];
    }
    filters.backward(kernels, patchDeltas, rows * shape.positions());
    int length = shape.kernel() * shape.channels();
    for (int r = 0; r < rows; r++) {
      float[] image = deltasBelow[r];
      Arrays.fill(image, 0);
      for (int p = 0; p < shape.positions(); p++) {
        float[] patch = patchDeltas[r * shape.positions() + p];
        for (int y = 0; y < shape.kernel(); y++) {
          int from = begin(p, y);
          for (int i = 0; i < length; i++) {
            image[from + i] += patch[y * length + i];
          }
        }
      }
    }
  }

  @Override
  public void beginClipped() {
    for (float[] row : filters.kernelGradient) {
      Arrays.fill(row, 0);
    }
    Arrays.fill(filters.biasGradient, 0);
  }

  @Override
  public double squaredNorm(Kernels kernels, float[] below, int row) {
    kernels.multiplyTransposed(
        ownPatches[row], ownDeltas[row], own, shape.positions(), own.length, filters.paddedOutputs);
    Arrays.fill(ownBias, 0);
    for (float[] delta : ownDeltas[row]) {
      for (int j = 0; j < shape.filters(); j++) {
        ownBias[j] += delta[j];
      }
    }
    double squares = Squares.sum(ownBias, shape.filters());
    for (int i = 0; i < filters.inputs; i++) {
      squares += Squares.sum(own[i], shape.filters());
    }
    return squares;
  }

  @Override
  public void clip(int row, float factor) {
    for (int i = 0; i < filters.inputs; i++) {
      add(own[i], factor, filters.kernelGradient[i]);
    }
    add(ownBias, factor, filters.biasGradient);
  }

  private static void add(float[] values, float factor, float[] sum) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * values[j];
    }
  }

  /// The sum is there already.
  @Override
  public void clippedGradient(Kernels kernels, float[][] below, int rows) {}
}
