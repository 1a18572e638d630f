package io.rengo.core.aggregation;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Blocks of four by two products whose chains stay in registers, on the JDK's Vector API. Where a
/// vector holds fewer numbers than there are chains, a block is gone through several times.
final class VectorDots implements Dots {
  private static final VectorSpecies<Double> SPECIES =
      DoubleVector.SPECIES_PREFERRED.length() > LANES
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  @Override
  public void add(double[][] x, int rows, int columns, double[][] sums) {
    double[] lanes = new double[HIGH * WIDE * LANES];
    for (int i = 0; i < rows; i += HIGH) {
      for (int j = 0; j < i + HIGH; j += WIDE) {
        for (int lane = 0; lane < LANES; lane += WIDTH) {
          block(x, i, j, lane, columns, lanes);
        }
        for (int r = 0; r < HIGH; r++) {
          for (int s = 0; s < WIDE; s++) {
            sums[i + r][j + s] += Dots.sum(lanes, (r * WIDE + s) * LANES);
          }
        }
      }
    }
  }

  private static void block(double[][] x, int i, int j, int lane, int columns, double[] lanes) {
    double[] a0 = x[i];
    double[] a1 = x[i + 1];
    double[] a2 = x[i + 2];
    double[] a3 = x[i + 3];
    double[] b0 = x[j];
    double[] b1 = x[j + 1];
    DoubleVector s00 = DoubleVector.zero(SPECIES);
    DoubleVector s01 = s00;
    DoubleVector s10 = s00;
    DoubleVector s11 = s00;
    DoubleVector s20 = s00;
    DoubleVector s21 = s00;
    DoubleVector s30 = s00;
    DoubleVector s31 = s00;
    for (int c = lane; c < columns; c += LANES) {
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, b0, c);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, b1, c);
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, a0, c);
      s00 = x0.fma(y0, s00);
      s01 = x0.fma(y1, s01);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, a1, c);
      s10 = x1.fma(y0, s10);
      s11 = x1.fma(y1, s11);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, a2, c);
      s20 = x2.fma(y0, s20);
      s21 = x2.fma(y1, s21);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, a3, c);
      s30 = x3.fma(y0, s30);
      s31 = x3.fma(y1, s31);
    }
    s00.intoArray(lanes, lane);
    s01.intoArray(lanes, LANES + lane);
    s10.intoArray(lanes, 2 * LANES + lane);
    s11.intoArray(lanes, 3 * LANES + lane);
    s20.intoArray(lanes, 4 * LANES + lane);
    s21.intoArray(lanes, 5 * LANES + lane);
    s30.intoArray(lanes, 6 * LANES + lane);
    s31.intoArray(lanes, 7 * LANES + lane);
  }
}
