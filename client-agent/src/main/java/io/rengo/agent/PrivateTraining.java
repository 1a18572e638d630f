package io.rengo.agent;

import io.rengo.core.privacy.SampledGaussian;

/// Training that hides each of the member's examples (DP-SGD, Abadi et al. 2016): the gradient of
/// each is clipped, each step gets noise, and each batch takes every example by itself with the
/// same probability.
///
/// @param clipNorm the largest L2 norm of an example's gradient
/// @param noiseMultiplier standard deviation of the noise on a batch's sum over that norm
public record PrivateTraining(double clipNorm, double noiseMultiplier) {
  /// Probability with which an example is in a batch.
  public static double rate(int examples, int batchSize) {
    return Math.min(1, (double) batchSize / examples);
  }

  /// Steps of so many passes.
  public static long steps(int examples, int batchSize, int epochs) {
    return (long) epochs * Math.ceilDiv(examples, batchSize);
  }

  /// What a training costs.
  public SampledGaussian cost(int examples, int batchSize, int epochs) {
    return new SampledGaussian(
        rate(examples, batchSize), noiseMultiplier, steps(examples, batchSize, epochs));
  }
}
