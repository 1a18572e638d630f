package io.rengo.core.privacy;

import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/// One-dimensional searches.
final class Search {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private Search() {}

  /// Where a function with one valley is smallest, between two positive bounds; by golden section
  /// on the logarithm.
  static double valley(double low, double high, double precision, DoubleUnaryOperator f) {
    double a = Math.log(low);
    double b = Math.log(high);
    double x = b - GOLDEN * (b - a);
    double y = a + GOLDEN * (b - a);
    double atX = f.applyAsDouble(Math.exp(x));
    double atY = f.applyAsDouble(Math.exp(y));
    while (b - a > precision) {
      if (atX <= atY) {
        b = y;
        y = x;
        atY = atX;
        x = b - GOLDEN * (b - a);
        atX = f.applyAsDouble(Math.exp(x));
      } else {
        a = x;
        x = y;
        atX = atY;
        y = a + GOLDEN * (b - a);
        atY = f.applyAsDouble(Math.exp(y));
      }
    }
    return Math.exp((a + b) / 2);
  }

  /// The smallest number, up to a relative precision and never below it, at which a property holds
  /// that holds from some number on. Doubles `high` until it holds there, at most to 1e12.
  static double smallest(double low, double high, double precision, DoublePredicate holds) {
    double a = low;
    double b = high;
    while (!holds.test(b)) {
      a = b;
      b *= 2;
      Require.that(b < 1e12, "the number looked for", b, "below 1e12: no such number was found");
    }
    while (b - a > precision * b) {
      double middle = a > 0 && b > 2 * a ? Math.sqrt(a * b) : (a + b) / 2;
      if (holds.test(middle)) {
        b = middle;
      } else {
        a = middle;
      }
    }
    return b;
  }
}
