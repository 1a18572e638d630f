package io.rengo.trainer.dense;

import java.util.Arrays;

/// Loops that the JIT compiler vectorises: each has one store, over separate arrays that are all
/// indexed from 0.
final class PlainKernels implements Kernels {
  @Override
  public void multiply(float[][] a, float[][] b, float[][] c, int rows, int inner, int columns) {
    for (int r = 0; r < rows; r++) {
      float[] x = a[r];
      float[] sum = c[r];
      int k = 0;
      for (; k + 4 <= inner; k += 4) {
        add(sum, columns, b[k], x[k], b[k + 1], x[k + 1], b[k + 2], x[k + 2], b[k + 3], x[k + 3]);
      }
      for (; k < inner; k++) {
        add(sum, columns, b[k], x[k]);
      }
    }
  }

  @Override
  public void multiplyTransposed(
      float[][] a, float[][] d, float[][] g, int rows, int inner, int columns) {
    for (int k = 0; k < inner; k++) {
      float[] sum = g[k];
      Arrays.fill(sum, 0, columns, 0);
      int r = 0;
      for (; r + 4 <= rows; r += 4) {
        add(
            sum,
            columns,
            d[r],
            a[r][k],
            d[r + 1],
            a[r + 1][k],
            d[r + 2],
            a[r + 2][k],
            d[r + 3],
            a[r + 3][k]);
      }
      for (; r < rows; r++) {
        add(sum, columns, d[r], a[r][k]);
      }
    }
  }

  @Override
  public String description() {
    return "plain loops";
  }

  private static void add(
      float[] sum,
      int count,
      float[] y0,
      float x0,
      float[] y1,
      float x1,
      float[] y2,
      float x2,
      float[] y3,
      float x3) {
    for (int i = 0; i < count; i++) {
      sum[i] =
          Math.fma(
              x3, y3[i], Math.fma(x2, y2[i], Math.fma(x1, y1[i], Math.fma(x0, y0[i], sum[i]))));
    }
  }

  private static void add(float[] sum, int count, float[] y, float x) {
    for (int i = 0; i < count; i++) {
      sum[i] = Math.fma(x, y[i], sum[i]);
    }
  }
}
