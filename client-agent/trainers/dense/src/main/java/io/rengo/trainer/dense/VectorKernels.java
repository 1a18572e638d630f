package io.rengo.trainer.dense;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Register tiles on the JDK's Vector API: four rows by two vectors of sums stay in registers while
/// the inner index runs over a block that fits the first-level cache.
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > ALIGNMENT
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int BLOCK = 256;

  @Override
  public void multiply(float[][] a, float[][] b, float[][] c, int rows, int inner, int columns) {
    int column = 0;
    for (; column + 2 * LANES <= columns; column += 2 * LANES) {
      for (int from = 0; from < inner; from += BLOCK) {
        int to = Math.min(inner, from + BLOCK);
        for (int r = 0; r < rows; r += 4) {
          tile(a, b, c, r, from, to, column);
        }
      }
    }
    for (; column < columns; column += LANES) {
      for (int r = 0; r < rows; r += 4) {
        narrowTile(a, b, c, r, inner, column);
      }
    }
  }

  private static void tile(
      float[][] a, float[][] b, float[][] c, int row, int from, int to, int column) {
    float[] a0 = a[row];
    float[] a1 = a[row + 1];
    float[] a2 = a[row + 2];
    float[] a3 = a[row + 3];
    float[] c0 = c[row];
    float[] c1 = c[row + 1];
    float[] c2 = c[row + 2];
    float[] c3 = c[row + 3];
    int next = column + LANES;
    FloatVector s00 = FloatVector.fromArray(SPECIES, c0, column);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c0, next);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c1, column);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c1, next);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c2, column);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c2, next);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c3, column);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c3, next);
    for (int k = from; k < to; k++) {
      float[] y = b[k];
      FloatVector y0 = FloatVector.fromArray(SPECIES, y, column);
      FloatVector y1 = FloatVector.fromArray(SPECIES, y, next);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a0[k]);
      s00 = x0.fma(y0, s00);
      s01 = x0.fma(y1, s01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a1[k]);
      s10 = x1.fma(y0, s10);
      s11 = x1.fma(y1, s11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a2[k]);
      s20 = x2.fma(y0, s20);
      s21 = x2.fma(y1, s21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a3[k]);
      s30 = x3.fma(y0, s30);
      s31 = x3.fma(y1, s31);
    }
    s00.intoArray(c0, column);
    s01.intoArray(c0, next);
    s10.intoArray(c1, column);
    s11.intoArray(c1, next);
    s20.intoArray(c2, column);
    s21.intoArray(c2, next);
    s30.intoArray(c3, column);
    s31.intoArray(c3, next);
  }

  private static void narrowTile(
      float[][] a, float[][] b, float[][] c, int row, int inner, int column) {
    float[] a0 = a[row];
    float[] a1 = a[row + 1];
    float[] a2 = a[row + 2];
    float[] a3 = a[row + 3];
    FloatVector s0 = FloatVector.fromArray(SPECIES, c[row], column);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c[row + 1], column);
    FloatVector s2 = FloatVector.fromArray(SPECIES, c[row + 2], column);
    FloatVector s3 = FloatVector.fromArray(SPECIES, c[row + 3], column);
    for (int k = 0; k < inner; k++) {
      FloatVector y = FloatVector.fromArray(SPECIES, b[k], column);
      s0 = FloatVector.broadcast(SPECIES, a0[k]).fma(y, s0);
      s1 = FloatVector.broadcast(SPECIES, a1[k]).fma(y, s1);
      s2 = FloatVector.broadcast(SPECIES, a2[k]).fma(y, s2);
      s3 = FloatVector.broadcast(SPECIES, a3[k]).fma(y, s3);
    }
    s0.intoArray(c[row], column);
    s1.intoArray(c[row + 1], column);
    s2.intoArray(c[row + 2], column);
    s3.intoArray(c[row + 3], column);
  }

  @Override
  public void multiplyTransposed(
      float[][] a, float[][] d, float[][] g, int rows, int inner, int columns) {
    int column = 0;
    for (; column + 2 * LANES <= columns; column += 2 * LANES) {
      for (int k = 0; k < inner; k += 4) {
        transposedTile(a, d, g, rows, k, column);
      }
    }
    for (; column < columns; column += LANES) {
      for (int k = 0; k < inner; k += 4) {
        narrowTransposedTile(a, d, g, rows, k, column);
      }
    }
  }

  private static void transposedTile(
      float[][] a, float[][] d, float[][] g, int rows, int k, int column) {
    int next = column + LANES;
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s00 = zero;
    FloatVector s01 = zero;
    FloatVector s10 = zero;
    FloatVector s11 = zero;
    FloatVector s20 = zero;
    FloatVector s21 = zero;
    FloatVector s30 = zero;
    FloatVector s31 = zero;
    for (int r = 0; r < rows; r++) {
      float[] x = a[r];
      float[] y = d[r];
      FloatVector y0 = FloatVector.fromArray(SPECIES, y, column);
      FloatVector y1 = FloatVector.fromArray(SPECIES, y, next);
      FloatVector x0 = FloatVector.broadcast(SPECIES, x[k]);
      s00 = x0.fma(y0, s00);
      s01 = x0.fma(y1, s01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, x[k + 1]);
      s10 = x1.fma(y0, s10);
      s11 = x1.fma(y1, s11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, x[k + 2]);
      s20 = x2.fma(y0, s20);
      s21 = x2.fma(y1, s21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, x[k + 3]);
      s30 = x3.fma(y0, s30);
      s31 = x3.fma(y1, s31);
    }
    s00.intoArray(g[k], column);
    s01.intoArray(g[k], next);
    s10.intoArray(g[k + 1], column);
    s11.intoArray(g[k + 1], next);
    s20.intoArray(g[k + 2], column);
    s21.intoArray(g[k + 2], next);
    s30.intoArray(g[k + 3], column);
    s31.intoArray(g[k + 3], next);
  }

  private static void narrowTransposedTile(
      float[][] a, float[][] d, float[][] g, int rows, int k, int column) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int r = 0; r < rows; r++) {
      float[] x = a[r];
      FloatVector y = FloatVector.fromArray(SPECIES, d[r], column);
      s0 = FloatVector.broadcast(SPECIES, x[k]).fma(y, s0);
      s1 = FloatVector.broadcast(SPECIES, x[k + 1]).fma(y, s1);
      s2 = FloatVector.broadcast(SPECIES, x[k + 2]).fma(y, s2);
      s3 = FloatVector.broadcast(SPECIES, x[k + 3]).fma(y, s3);
    }
    s0.intoArray(g[k], column);
    s1.intoArray(g[k + 1], column);
    s2.intoArray(g[k + 2], column);
    s3.intoArray(g[k + 3], column);
  }

  @Override
  public String description() {
    return "Vector API, " + LANES + " lanes of float32";
  }
}
