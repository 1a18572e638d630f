package io.rengo.core.aggregation;

import java.util.Arrays;

/// Plain loops: one product at a time, its chains side by side.
final class PlainDots implements Dots {
  @Override
  public void add(double[][] x, int rows, int columns, double[][] sums) {
    double[] lanes = new double[LANES];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        Arrays.fill(lanes, 0);
        chains(x[i], x[j], columns, lanes);
        sums[i][j] += Dots.sum(lanes, 0);
      }
    }
  }

  private static void chains(double[] a, double[] b, int columns, double[] lanes) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    for (int c = 0; c < columns; c += LANES) {
      s0 = Math.fma(a[c], b[c], s0);
      s1 = Math.fma(a[c + 1], b[c + 1], s1);
      s2 = Math.fma(a[c + 2], b[c + 2], s2);
      s3 = Math.fma(a[c + 3], b[c + 3], s3);
      s4 = Math.fma(a[c + 4], b[c + 4], s4);
      s5 = Math.fma(a[c + 5], b[c + 5], s5);
      s6 = Math.fma(a[c + 6], b[c + 6], s6);
      s7 = Math.fma(a[c + 7], b[c + 7], s7);
    }
    lanes[0] = s0;
    lanes[1] = s1;
    lanes[2] = s2;
    lanes[3] = s3;
    lanes[4] = s4;
    lanes[5] = s5;
    lanes[6] = s6;
    lanes[7] = s7;
  }
}
