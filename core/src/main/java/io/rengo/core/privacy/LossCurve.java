package io.rengo.core.privacy;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// The privacy loss of many releases together, on a grid, and what it says of delta and epsilon.
/// One-release losses are composed by the fast Fourier transform after tilting by `e^(theta L)`,
/// with theta where the answer lies, so that the digits are spent there and not on the bulk of the
/// distribution; sums that leave the grid come in again at its other end, which adds mass and takes
/// none away.
final class LossCurve {
  /// What the tilted sum may have outside the grid.
  private static final double OUTSIDE = 1e-12;

  private static final int LEAST = 1 << 15;
  private static final int MOST = 1 << 19;
  private static final double LARGEST_TILT = 1e5;

  /// Width of the grid in standard deviations of the sum, about.
  private static final double DEVIATIONS = 15;

  private static final double FINENESS = 2e-4;

  private final List<LossStep> steps;
  private final boolean above;

  /// @param above whether to answer from above, or from below
  LossCurve(List<LossStep> steps, boolean above) {
    this.steps = steps;
    this.above = above;
  }

  /// The epsilon for a delta.
  double epsilon(double delta) {
    double widest = steps.stream().mapToDouble(LossStep::range).max().orElseThrow();
    double theta =
        Search.valley(
            1e-4,
            Math.max(1, 2e3 / widest),
            1e-3,
            each -> Renyi.epsilon(1 + each, cumulant(each) / each, delta));
    double widen = 1;
    while (true) {
      double[] range = range(theta, widen);
      double found = solve(theta, range[0], range[1], delta, widen);
      if (found > range[0] || found <= 0 || widen > 16) {
        return Math.max(0, found);
      }
      widen *= 2;
    }
  }

  private double cumulant(double theta) {
    double sum = 0;
    for (LossStep step : steps) {
      sum += step.times() * step.cumulant(theta);
    }
    return sum;
  }

  /// Where the tilted sum is but for [#OUTSIDE] on each side, by Chernoff's bound.
  private double[] range(double theta, double widen) {
    double mean = 0;
    for (LossStep step : steps) {
      mean += step.times() * step.mean(theta);
    }
    double center = cumulant(theta);
    double middle = mean;
    double up = reach(t -> (cumulant(theta + t) - center - t * middle - Math.log(OUTSIDE)) / t);
    double down = reach(t -> (cumulant(theta - t) - center + t * middle - Math.log(OUTSIDE)) / t);
    return new double[] {mean - widen * down, mean + up};
  }

  private static double reach(DoubleUnaryOperator bound) {
    return bound.applyAsDouble(Search.valley(1e-6, LARGEST_TILT, 0.05, bound));
  }

  private double solve(double theta, double low, double high, double delta, double widen) {
    int size = size(low, high, widen);
    double spacing = spacing(low, high, size);
    long first = (long) Math.floor(low / spacing);
    double[] sum = compose(new LossGrid(spacing, theta, size));
    double total = cumulant(theta);
    double tail = OUTSIDE * Math.exp(total - theta * high);
    double target = above ? delta - tail : delta + tail;
    double p = 0;
    double q = 0;
    for (int i = size - 1; i >= 0; i--) {
      double loss = (first + i) * spacing;
      double reached = p - Math.exp(loss) * q;
      if (reached > target) {
        return Math.log((p - target) / q);
      }
      double mass = Math.max(0, sum[Math.floorMod(first + i, size)]);
      p += mass * Math.exp(total - theta * loss);
      q += mass * Math.exp(total - (theta + 1) * loss);
    }
    return first * spacing;
  }

  /// So many points that the spread of the sum grows by a ten thousandth or so.
  private int size(double low, double high, double widen) {
    double times = steps.stream().mapToLong(LossStep::times).sum();
    double spread = (high - low) / (DEVIATIONS * widen);
    int size = LEAST;
    while (size < MOST) {
      double spacing = spacing(low, high, size);
      if (times * spacing * spacing <= FINENESS * spread * spread) {
        break;
      }
      size *= 2;
    }
    return size;
  }

  /// The circle has room for the sum, and for one release alone.
  private double spacing(double low, double high, int size) {
    double widest = high - low;
    for (LossStep step : steps) {
      widest = Math.max(widest, step.range());
    }
    return widest / (size - 2);
  }

  private double[] compose(LossGrid grid) {
    Fft fft = new Fft(grid.size());
    double[] logs = new double[grid.size()];
    double[] angles = new double[grid.size()];
    for (LossStep step : steps) {
      double[] re = above ? grid.above(step) : grid.below(step);
      double[] im = new double[grid.size()];
      fft.forward(re, im);
      for (int i = 0; i < re.length; i++) {
        logs[i] += step.times() * Math.log(re[i] * re[i] + im[i] * im[i]) / 2;
        angles[i] += Math.IEEEremainder(step.times() * Math.atan2(im[i], re[i]), 2 * Math.PI);
      }
    }
    double[] re = new double[grid.size()];
    double[] im = new double[grid.size()];
    for (int i = 0; i < re.length; i++) {
      double size = Math.exp(logs[i]);
      if (size > 0) {
        re[i] = size * Math.cos(angles[i]);
        im[i] = size * Math.sin(angles[i]);
      }
    }
    fft.inverse(re, im);
    return re;
  }
}
