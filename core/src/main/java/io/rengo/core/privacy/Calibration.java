package io.rengo.core.privacy;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;

/// The questions before a job: what noise, how many rounds. Answers are on the safe side of the
/// accountant's.
///
/// @param accountant whose epsilon is kept to
public record Calibration(Accountant accountant) {
  private static final double PRECISION = 1e-4;
  private static final long MOST_STEPS = 1L << 30;

  /// The smallest noise multiplier with which so many steps stay within epsilon and delta, up to a
  /// ten thousandth.
  public double noiseMultiplier(double samplingRate, long steps, double epsilon, double delta) {
    return noiseMultiplier(
        noise -> new SampledGaussian(samplingRate, noise, steps), epsilon, delta);
  }

  /// The same for any release that a noise multiplier makes.
  public double noiseMultiplier(
      DoubleFunction<SampledGaussian> release, double epsilon, double delta) {
    Require.positive("epsilon", epsilon);
    Require.delta(delta);
    return Search.smallest(0.01, 1, PRECISION, noise -> fits(release.apply(noise), epsilon, delta));
  }

  /// The most steps that stay within epsilon and delta: 0 where not even one does. Throws
  /// [IllegalArgumentException] where 2^30 steps still do.
  public long steps(double samplingRate, double noiseMultiplier, double epsilon, double delta) {
    return steps(
        steps -> new SampledGaussian(samplingRate, noiseMultiplier, steps),
        MOST_STEPS,
        epsilon,
        delta);
  }

  /// The same for any release that a number of steps makes, which costs no less with more of them.
  /// Throws [IllegalArgumentException] where `most` steps or fewer than twice as many do.
  public long steps(
      LongFunction<SampledGaussian> release, long most, double epsilon, double delta) {
    Require.notNegative("epsilon", epsilon);
    Require.delta(delta);
    long within = 0;
    long beyond = 1;
    while (fits(release.apply(beyond), epsilon, delta)) {
      Require.that(beyond < most, "the number of steps", beyond, "below " + most);
      within = beyond;
      beyond *= 2;
    }
    while (beyond - within > 1) {
      long middle = (within + beyond) / 2;
      if (fits(release.apply(middle), epsilon, delta)) {
        within = middle;
      } else {
        beyond = middle;
      }
    }
    return within;
  }

  private boolean fits(SampledGaussian release, double epsilon, double delta) {
    return accountant.epsilon(List.of(release), delta) <= epsilon;
  }
}
