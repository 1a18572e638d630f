package io.rengo.core.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;

/// True with probability `e^-x`, exactly: 53 random bits decide against the float64 value wherever
/// that is far enough from them, and 128 bits more decide against 60 digits where it is not.
final class Bernoulli {
  private static final double CLOSE = 0x1.0p-44;
  private static final MathContext DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);
  private static final int MORE_BITS = 128;

  private final RandomGenerator random;

  Bernoulli(RandomGenerator random) {
    this.random = random;
  }

  /// The exact x where the quick one does not decide.
  interface Exact {
    BigDecimal get(MathContext digits);
  }

  /// @param x 0 or more, within a few units in the last place of `exact`
  boolean exp(double x, Exact exact) {
    long bits = random.nextLong() >>> 11;
    double uniform = bits * 0x1.0p-53;
    double probability = Math.exp(-x);
    double slack = CLOSE * (1 + x * probability);
    if (uniform + slack < probability) {
      return true;
    }
    return uniform <= probability + slack && decide(bits, exact);
  }

  private boolean decide(long bits, Exact exact) {
    BigInteger more = BigInteger.valueOf(bits);
    for (int i = 0; i < MORE_BITS; i += 32) {
      more = more.shiftLeft(32).or(BigInteger.valueOf(random.nextInt() & 0xFFFFFFFFL));
    }
    BigDecimal uniform =
        new BigDecimal(more).divide(new BigDecimal(BigInteger.ONE.shiftLeft(53 + MORE_BITS)));
    return uniform.compareTo(power(exact.get(DIGITS))) < 0;
  }

  /// `e^-x` by halving x until its series is short.
  private static BigDecimal power(BigDecimal x) {
    int halvings = Math.max(0, x.precision() - x.scale()) * 4 + 4;
    BigDecimal small = x.divide(new BigDecimal(BigInteger.TWO.pow(halvings)), DIGITS).negate();
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int n = 1; n < 60; n++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }
}
