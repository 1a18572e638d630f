package io.rengo.core.privacy;

import java.util.random.RandomGenerator;

/// Gaussian noise on a grid: the sum is rounded to multiples of a power of two, and whole multiples
/// drawn by [DiscreteGaussian] are added. What comes out shows nothing of the digits that went in,
/// as floating-point noise does (Mironov 2012, "On Significance of the Least Significant Bits for
/// Differential Privacy"). Rounding moves two neighbouring sums apart by at most one step of the
/// grid in each coordinate; the noise is larger by just that, so the multiplier holds. A discrete
/// Gaussian so wide costs what the continuous one does (Canonne, Kamath and Steinke 2020).
///
/// @param multiplier standard deviation of the noise over the sensitivity
/// @param sensitivity largest L2 norm of one contribution to the whole sum
/// @param dimension of the whole sum, of which one call may release a part
public record GridNoise(double multiplier, double sensitivity, long dimension) {
  private static final double STEPS = 0x1.0p30;

  public GridNoise {
    Require.positive("multiplier", multiplier);
    Require.positive("sensitivity", sensitivity);
    Require.that(dimension >= 1, "dimension", dimension, "1 or more");
  }

  /// The step of the grid: a power of two, a billionth of the noise or less.
  public double grid() {
    return Math.scalb(1.0, Math.getExponent(multiplier * sensitivity / STEPS));
  }

  /// The noise's standard deviation, in the units of the sum.
  public double sigma() {
    return multiplier * (sensitivity + grid() * Math.sqrt(dimension));
  }

  /// Noise for so many values, in steps of the grid.
  long[] draw(int count, RandomGenerator random) {
    return new DiscreteGaussian(sigma() / grid()).sample(count, random);
  }

  /// The sum, rounded, with noise; the given one is left as it was.
  public double[] release(double[] sum, RandomGenerator random) {
    double grid = grid();
    long[] noise = draw(sum.length, random);
    double[] noisy = new double[sum.length];
    for (int i = 0; i < sum.length; i++) {
      noisy[i] = (Math.rint(sum[i] / grid) + noise[i]) * grid;
    }
    return noisy;
  }
}
