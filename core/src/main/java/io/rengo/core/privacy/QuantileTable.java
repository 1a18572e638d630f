package io.rengo.core.privacy;

/// The normal distribution's quantiles from the middle outwards: `x` with `P(Z > x) = u` for u in
/// (0, 1/2). In float32 by a table of parabolas, 64 to each halving of u; in float64 by Newton's
/// method.
final class QuantileTable {
  /// Bits of a float32's mantissa that choose the parabola.
  private static final int CHOOSING = 6;

  /// Bits below those, which say where in its piece a number lies.
  static final int SHIFT = 23 - CHOOSING;

  static final int REST = (1 << SHIFT) - 1;

  /// From 31 bits on, numbers below this are left to float64: 2^18 of 2^31.
  static final int LEAST = 1 << 18;

  /// The index of [#LEAST].
  static final int BASE = Float.floatToRawIntBits(LEAST) >>> SHIFT;

  private static final int PIECES = (Float.floatToRawIntBits(0x1p31f) >>> SHIFT) - BASE + 1;
  private static final int MOST_STEPS = 60;

  /// The parabolas: `CONSTANT + t (LINEAR + t SQUARE)` with t in [0, 1).
  static final float[] CONSTANT = new float[PIECES];

  static final float[] LINEAR = new float[PIECES];
  static final float[] SQUARE = new float[PIECES];

  static {
    for (int i = 0; i < PIECES - 1; i++) {
      double from = Float.intBitsToFloat((BASE + i) << SHIFT) * 0x1p-32;
      double to = Float.intBitsToFloat((BASE + i + 1) << SHIFT) * 0x1p-32;
      double left = quantile(from);
      double middle = quantile((from + to) / 2);
      double right = quantile(to);
      CONSTANT[i] = (float) left;
      LINEAR[i] = (float) (4 * middle - 3 * left - right);
      SQUARE[i] = (float) (2 * (left + right) - 4 * middle);
    }
  }

  private QuantileTable() {}

  /// The quantile, to about 1e-13.
  ///
  /// @param u in (0, 1/2]
  static double quantile(double u) {
    double goal = Math.log(u);
    double x = u > 0.1 ? 1.25 * (1 - 2 * u) : Math.sqrt(-2 * goal) - 0.5;
    for (int i = 0; i < MOST_STEPS; i++) {
      double log = Normal.logCdf(-x);
      double slope = -Math.exp(-x * x / 2 - log) / Math.sqrt(2 * Math.PI);
      double step = (log - goal) / slope;
      x -= step;
      if (Math.abs(step) < 1e-13) {
        break;
      }
    }
    return x;
  }
}
