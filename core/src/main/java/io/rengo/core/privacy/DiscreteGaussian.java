package io.rengo.core.privacy;

import java.math.BigDecimal;
import java.util.random.RandomGenerator;

/// Integers with probabilities proportional to `e^(-x^2 / (2 sigma^2))`, drawn exactly: no rounding
/// of floating-point numbers shows what was added to them. Canonne, Kamath and Steinke 2020, "The
/// Discrete Gaussian for Differential Privacy", algorithms 2 and 3.
///
/// @param sigma from above 0 to 2^40
public record DiscreteGaussian(double sigma) {
  private static final double LARGEST = 0x1.0p40;

  public DiscreteGaussian {
    Require.that(sigma > 0 && sigma <= LARGEST, "sigma", sigma, "above 0 and at most 2^40");
  }

  /// One integer.
  public long sample(RandomGenerator random) {
    return sample(random, new Bernoulli(random));
  }

  /// So many integers.
  public long[] sample(int count, RandomGenerator random) {
    Bernoulli bernoulli = new Bernoulli(random);
    long[] samples = new long[count];
    for (int i = 0; i < count; i++) {
      samples[i] = sample(random, bernoulli);
    }
    return samples;
  }

  private long sample(RandomGenerator random, Bernoulli bernoulli) {
    long scale = (long) Math.floor(sigma) + 1;
    double center = sigma * sigma / scale;
    while (true) {
      long size = magnitude(scale, random, bernoulli);
      boolean negative = random.nextBoolean();
      if (negative && size == 0) {
        continue;
      }
      double distance = (size - center) / sigma;
      if (bernoulli.exp(
          distance * distance / 2,
          digits -> {
            BigDecimal variance = new BigDecimal(sigma).pow(2);
            BigDecimal far =
                BigDecimal.valueOf(size)
                    .subtract(variance.divide(BigDecimal.valueOf(scale), digits), digits);
            return far.pow(2, digits).divide(variance.multiply(BigDecimal.TWO), digits);
          })) {
        return negative ? -size : size;
      }
    }
  }

  /// A geometric variable with `P(x)` proportional to `e^(-x / scale)`.
  private static long magnitude(long scale, RandomGenerator random, Bernoulli bernoulli) {
    long rest;
    do {
      rest = random.nextLong(scale);
    } while (!accept(rest, scale, bernoulli));
    long wholes = 0;
    while (bernoulli.exp(1, digits -> BigDecimal.ONE)) {
      wholes++;
    }
    return rest + scale * wholes;
  }

  private static boolean accept(long rest, long scale, Bernoulli bernoulli) {
    return bernoulli.exp(
        (double) rest / scale,
        digits -> BigDecimal.valueOf(rest).divide(BigDecimal.valueOf(scale), digits));
  }

  /// The probability of an integer.
  public double probability(long x) {
    return weight(x) / norm();
  }

  /// The variance, which is at most `sigma^2`.
  public double variance() {
    double sum = 0;
    for (long x = reach(); x > 0; x--) {
      sum += 2 * x * x * weight(x);
    }
    return sum / norm();
  }

  private double norm() {
    double sum = 1;
    for (long x = reach(); x > 0; x--) {
      sum += 2 * weight(x);
    }
    return sum;
  }

  private double weight(long x) {
    return Math.exp(-(x / sigma) * (x / sigma) / 2);
  }

  private long reach() {
    return (long) Math.ceil(40 * sigma);
  }
}
