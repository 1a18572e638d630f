package io.rengo.core.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Poisson variables, drawn exactly: 62 random bits are looked up among the distribution function's
/// values, and where they are equal to one of them to that many bits, 128 bits more decide against
/// 80 decimals of it.
public final class Poisson {
  private static final double LARGEST = 1 << 17;
  private static final int BITS = 62;
  private static final int MORE_BITS = 128;
  private static final MathContext DIGITS = new MathContext(80, RoundingMode.HALF_EVEN);
  private static final BigDecimal UNIT = new BigDecimal(BigInteger.TWO.pow(BITS));
  private static final BigDecimal NOTHING = BigDecimal.ONE.movePointLeft(70);

  private final int first;
  private final long[] reached;
  private final List<BigDecimal> exactly;

  /// @param mean above 0, at most 2^17
  public Poisson(double mean) {
    Require.that(mean > 0 && mean <= LARGEST, "mean", mean, "above 0 and at most 2^17");
    BigDecimal rate = new BigDecimal(mean);
    BigDecimal probability = exponential(rate);
    BigDecimal sum = probability;
    int least = 0;
    exactly = new ArrayList<>();
    for (int k = 0; k <= mean || probability.compareTo(NOTHING) > 0; k++) {
      if (k > 0) {
        probability = probability.multiply(rate, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
        sum = sum.add(probability, DIGITS);
      }
      if (sum.compareTo(NOTHING) < 0) {
        least = k + 1;
      } else {
        exactly.add(sum.min(BigDecimal.ONE));
      }
    }
    first = least;
    reached =
        exactly.stream()
            .mapToLong(value -> value.multiply(UNIT, DIGITS).toBigInteger().longValue())
            .toArray();
  }

  /// One variable.
  public int sample(RandomGenerator random) {
    long bits = random.nextLong() >>> (Long.SIZE - BITS);
    int place = Arrays.binarySearch(reached, bits);
    if (place < 0) {
      return first + Math.min(-place - 1, reached.length - 1);
    }
    BigInteger more = BigInteger.valueOf(bits);
    for (int i = 0; i < MORE_BITS; i += Integer.SIZE) {
      more = more.shiftLeft(Integer.SIZE).or(BigInteger.valueOf(random.nextInt() & 0xFFFFFFFFL));
    }
    BigDecimal uniform =
        new BigDecimal(more).divide(new BigDecimal(BigInteger.TWO.pow(BITS + MORE_BITS)), DIGITS);
    int from = 0;
    while (from < reached.length - 1 && exactly.get(from).compareTo(uniform) <= 0) {
      from++;
    }
    return first + from;
  }

  /// `e^-x`, by halving x until its series is short.
  private static BigDecimal exponential(BigDecimal x) {
    int halvings = 24;
    MathContext wide = new MathContext(DIGITS.getPrecision() + 20, RoundingMode.HALF_EVEN);
    BigDecimal small = x.divide(new BigDecimal(BigInteger.TWO.pow(halvings)), wide).negate();
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int n = 1; n < 60; n++) {
      term = term.multiply(small, wide).divide(BigDecimal.valueOf(n), wide);
      sum = sum.add(term, wide);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, wide);
    }
    return sum;
  }
}
