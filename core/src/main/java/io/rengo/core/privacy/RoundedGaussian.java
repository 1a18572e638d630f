package io.rengo.core.privacy;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// `x + N(0, sigma^2)` rounded to a multiple of a grid, as if the normal variable were a real
/// number: which multiple it is follows from as many random bits as decide it, however many that
/// are. So it is the Gaussian mechanism itself, seen through a rounding, and no digit of a
/// floating-point number shows what the noise was added to (Mironov 2012, "On Significance of the
/// Least Significant Bits for Differential Privacy"). Rounding to a thirty-second of sigma or less
/// adds a hundred-thousandth to the variance.
///
/// A normal variable is the quantile of a uniform one. 32 bits, a table and float32 arithmetic
/// decide all but one in a thousand; for the rest there are float64 arithmetic and 22 bits more,
/// and for what even those leave open as many decimals as it takes ([ExactQuantile]).
public final class RoundedGaussian {
  /// Random integers that are drawn at once.
  private static final int DRAWN = 2048;

  private static final int MORE_BITS = 22;

  /// How far the float64 quantile may be from the true one.
  private static final double ERROR = 1e-10;

  private final Rounding rounding;
  private final RandomGenerator random;
  private final double grid;
  private final double steps;
  private final int[] bits = new int[DRAWN];
  private int next = DRAWN;

  /// @param sigma standard deviation, above 0
  public RoundedGaussian(double sigma, RandomGenerator random) {
    this(sigma, random, Rounding.best());
  }

  RoundedGaussian(double sigma, RandomGenerator random, Rounding rounding) {
    Require.that(sigma > 1e-30 && sigma < 1e30, "sigma", sigma, "between 1e-30 and 1e30");
    this.random = random;
    this.rounding = rounding;
    this.grid = Math.scalb(1.0, Math.getExponent(sigma) - Rounding.MOST_STEPS_EXPONENT + 1);
    this.steps = sigma / grid;
  }

  /// The step of the grid: a power of two.
  public double grid() {
    return grid;
  }

  /// Adds noise to the first `count` values and multiplies them by `scale`.
  public void add(float[] values, int count, double scale) {
    for (int begin = 0; begin < count; ) {
      if (next == DRAWN) {
        draw();
      }
      int length = Math.min(count - begin, DRAWN - next);
      rounding.add(this, values, begin, bits, next, length, scale);
      begin += length;
      next += length;
    }
  }

  private void draw() {
    if (random instanceof SecureBits secure) {
      secure.nextInts(bits);
    } else {
      Arrays.setAll(bits, i -> random.nextInt());
    }
    next = 0;
  }

  double steps() {
    return steps;
  }

  /// The multiple for a value that quick arithmetic does not decide.
  ///
  /// @param drawn the sign and 31 bits of the uniform variable
  double decide(float value, int drawn) {
    double exact = value / grid;
    double whole = Math.rint(exact);
    double rest = exact - whole;
    long uniform = drawn & Integer.MAX_VALUE;
    int exponent = -32;
    do {
      uniform = (uniform << MORE_BITS) | (random.nextLong() >>> (Long.SIZE - MORE_BITS));
      exponent -= MORE_BITS;
    } while (uniform < 1L << 30);
    double size = QuantileTable.quantile(Math.scalb((double) uniform + 0.5, exponent));
    double place = rest + (drawn < 0 ? -size : size) * steps;
    double near = Math.rint(place);
    double slack = steps * (ERROR + Math.scalb(1.0, exponent) / Normal.density(size)) + 1e-9;
    if (Math.abs(place - near) < 0.5 - slack) {
      return whole + near;
    }
    double boundary = Math.floor(place) + 0.5;
    boolean below =
        ExactQuantile.isBelow(drawn < 0, uniform, exponent, boundary - rest, steps, random);
    return whole + boundary + (below ? -0.5 : 0.5);
  }
}
