package io.rengo.core.privacy;

import java.util.random.RandomGenerator;

/// The difference of two Poisson variables, drawn exactly: noise whose sums over members are
/// Skellam again, so that a secure sum of theirs has just the noise that is accounted for
/// ([DistributedNoise#skellam]). Agarwal, Kairouz and Liu 2021, "The Skellam Mechanism for
/// Differentially Private Federated Learning".
public final class Skellam {
  private final Poisson half;

  /// @param variance above 0, at most 2^18
  public Skellam(double variance) {
    half = new Poisson(variance / 2);
  }

  /// One integer.
  public int sample(RandomGenerator random) {
    int up = half.sample(random);
    int down = half.sample(random);
    return up - down;
  }

  /// So many integers.
  public long[] sample(int count, RandomGenerator random) {
    long[] samples = new long[count];
    for (int i = 0; i < count; i++) {
      samples[i] = sample(random);
    }
    return samples;
  }
}
