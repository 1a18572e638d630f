package io.rengo.core.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;

/// On which side of a boundary a normal variable lies, decided by 128 random bits more against 120
/// decimals of the distribution function.
final class ExactQuantile {
  private static final MathContext DIGITS = new MathContext(120, RoundingMode.HALF_EVEN);
  private static final BigDecimal SMALL = BigDecimal.ONE.movePointLeft(125);
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final int MORE_BITS = 128;

  /// The variable's size is beyond any boundary that comes up here.
  private static final BigDecimal LARGEST = BigDecimal.valueOf(16);

  private ExactQuantile() {}

  /// Whether `± steps Q(u)` is below `boundary`, with Q the upper quantile and u uniform in
  /// `[uniform, uniform + 1) 2^exponent`.
  static boolean isBelow(
      boolean negative,
      long uniform,
      int exponent,
      double boundary,
      double steps,
      RandomGenerator random) {
    if (negative == boundary >= 0) {
      return negative;
    }
    BigInteger bits = BigInteger.valueOf(uniform);
    for (int i = 0; i < MORE_BITS; i += Integer.SIZE) {
      bits = bits.shiftLeft(Integer.SIZE).or(BigInteger.valueOf(random.nextInt() & 0xFFFFFFFFL));
    }
    BigDecimal u =
        new BigDecimal(bits)
            .add(HALF)
            .divide(new BigDecimal(BigInteger.TWO.pow(MORE_BITS - exponent)));
    BigDecimal size =
        new BigDecimal(boundary).abs().divide(new BigDecimal(steps), DIGITS).min(LARGEST);
    boolean within = u.compareTo(above(size)) > 0;
    return negative ? !within : within;
  }

  /// `P(Z > x)` for x in [0, 16], by the series of the error function.
  static BigDecimal above(BigDecimal x) {
    BigDecimal half = x.multiply(x, DIGITS).divide(BigDecimal.TWO, DIGITS);
    BigDecimal power = x;
    BigDecimal sum = x;
    for (int n = 1; power.compareTo(SMALL) > 0; n++) {
      power = power.multiply(half, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      BigDecimal term = power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS);
      sum = n % 2 == 0 ? sum.add(term, DIGITS) : sum.subtract(term, DIGITS);
    }
    BigDecimal circle = pi().multiply(BigDecimal.TWO, DIGITS).sqrt(DIGITS);
    return HALF.subtract(sum.divide(circle, DIGITS), DIGITS);
  }

  /// By Machin's formula.
  private static BigDecimal pi() {
    return inverseTangent(5)
        .multiply(BigDecimal.valueOf(4))
        .subtract(inverseTangent(239))
        .multiply(BigDecimal.valueOf(4));
  }

  private static BigDecimal inverseTangent(int reciprocal) {
    BigDecimal square = BigDecimal.valueOf((long) reciprocal * reciprocal);
    BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(reciprocal), DIGITS);
    BigDecimal sum = power;
    for (int n = 1; power.compareTo(SMALL) > 0; n++) {
      power = power.divide(square, DIGITS);
      BigDecimal term = power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS);
      sum = n % 2 == 0 ? sum.add(term, DIGITS) : sum.subtract(term, DIGITS);
    }
    return sum;
  }
}
