package io.rengo.lambdas;

/// How wide tiles are: as wide as memory allows, for fewer and longer reads.
final class Tiles {
  /// Part of the memory that one tile may take; one more is read while it is in use.
  private static final int SHARE = 8;

  private Tiles() {}

  /// Columns of a tile of so many rows: a multiple of `unit`.
  static int width(int rows, int unit) {
    long bytes = Runtime.getRuntime().maxMemory() / SHARE;
    long units = bytes / ((long) rows * unit * Float.BYTES);
    return Math.toIntExact(Math.clamp(units, 1, Integer.MAX_VALUE / unit) * unit);
  }
}
