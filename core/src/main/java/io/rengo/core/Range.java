package io.rengo.core;

/// Bounds of numbers that a configuration gives; each throws [IllegalArgumentException] with the
/// bound.
public final class Range {
  private Range() {}

  /// More than 0, and finite.
  public static void positive(String name, double value) {
    check(value > 0 && Double.isFinite(value), name, value, "above 0");
  }

  /// 0 or more, and finite.
  public static void notNegative(String name, double value) {
    check(value >= 0 && Double.isFinite(value), name, value, "0 or more");
  }

  /// 0 or more.
  public static void notNegative(String name, int value) {
    check(value >= 0, name, value, "0 or more");
  }

  /// 1 or more.
  public static void atLeastOne(String name, int value) {
    check(value >= 1, name, value, "1 or more");
  }

  /// In [0, 1).
  public static void fraction(String name, double value) {
    check(value >= 0 && value < 1, name, value, "in [0, 1)");
  }

  /// In (0, 1].
  public static void share(String name, double value) {
    check(value > 0 && value <= 1, name, value, "in (0, 1]");
  }

  private static void check(boolean holds, String name, Number value, String bound) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", it must be " + bound);
    }
  }
}
