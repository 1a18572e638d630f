package io.rengo.core.privacy;

/// Bounds of what is given; each throws [IllegalArgumentException] with the bound.
final class Require {
  private Require() {}

  static void positive(String name, double value) {
    that(value > 0 && Double.isFinite(value), name, value, "above 0");
  }

  static void notNegative(String name, double value) {
    that(value >= 0 && Double.isFinite(value), name, value, "0 or more");
  }

  static void probability(String name, double value) {
    that(value >= 0 && value <= 1, name, value, "in [0, 1]");
  }

  static void delta(double delta) {
    that(delta > 0 && delta < 1, "delta", delta, "in (0, 1)");
  }

  static void that(boolean holds, String name, Number value, String bound) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", it must be " + bound);
    }
  }
}
