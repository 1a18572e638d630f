package io.rengo.core.privacy;

import java.util.stream.IntStream;

/// Releases of one kind with their pair of distributions, cut off where P has next to nothing, and
/// the cumulants of their privacy loss under P.
final class LossStep {
  private static final int PER_SIGMA = 16;

  private final LossPair pair;
  private final long times;
  private final double low;
  private final double high;
  private final double[] logWeights;
  private final double[] losses;

  /// @param reach multiples of the noise after which P is cut off
  LossStep(LossPair pair, long times, double reach) {
    this.pair = pair;
    this.times = times;
    this.low = -reach * pair.sigma();
    this.high = pair.mean() + reach * pair.sigma();
    double step = pair.sigma() / PER_SIGMA;
    double norm = Math.log(PER_SIGMA * Math.sqrt(2 * Math.PI));
    double[] nodes =
        IntStream.rangeClosed(0, (int) Math.floor((high - low) / step))
            .mapToDouble(i -> low + i * step)
            .toArray();
    this.losses = IntStream.range(0, nodes.length).mapToDouble(i -> pair.loss(nodes[i])).toArray();
    this.logWeights =
        IntStream.range(0, nodes.length)
            .mapToDouble(i -> pair.logDensity(nodes[i]) - norm)
            .toArray();
  }

  LossPair pair() {
    return pair;
  }

  long times() {
    return times;
  }

  double low() {
    return low;
  }

  double high() {
    return high;
  }

  /// Width of what the loss of one release can be.
  double range() {
    return pair.loss(high) - pair.loss(low);
  }

  /// `ln E_P[e^(theta L)]` of one release.
  double cumulant(double theta) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < losses.length; i++) {
      largest = Math.max(largest, logWeights[i] + theta * losses[i]);
    }
    double sum = 0;
    for (int i = 0; i < losses.length; i++) {
      sum += Math.exp(logWeights[i] + theta * losses[i] - largest);
    }
    return largest + Math.log(sum);
  }

  /// Mean of the loss of one release under P tilted by `e^(theta L)`.
  double mean(double theta) {
    double cumulant = cumulant(theta);
    double sum = 0;
    for (int i = 0; i < losses.length; i++) {
      sum += losses[i] * Math.exp(logWeights[i] + theta * losses[i] - cumulant);
    }
    return sum;
  }
}
