package io.rengo.core.privacy;

/// Releases of the same kind: the sum of clipped contributions, with Gaussian noise.
///
/// @param samplingRate probability with which each unit, by itself, takes part in a release
///   (Poisson sampling); 1 where there is no such sampling
/// @param noiseMultiplier standard deviation of the noise over the clipping norm
/// @param steps number of releases
public record SampledGaussian(double samplingRate, double noiseMultiplier, long steps) {
  public SampledGaussian {
    Require.probability("samplingRate", samplingRate);
    Require.positive("noiseMultiplier", noiseMultiplier);
    Require.that(steps >= 0, "steps", steps, "0 or more");
  }

  /// The same releases so many times.
  public SampledGaussian times(long newSteps) {
    return new SampledGaussian(samplingRate, noiseMultiplier, newSteps);
  }

  boolean free() {
    return samplingRate == 0 || steps == 0;
  }
}
