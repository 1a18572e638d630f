package io.rengo.core.aggregation;

/// The inner products of all pairs of rows of a tile that fits into the caches.
///
/// Each product is [#LANES] chains of fused multiply-adds, over the columns that are equal modulo
/// that number, summed pairwise at the end. Both implementations keep to it, so that they give the
/// same bits whatever vectors the machine has.
sealed interface Dots permits PlainDots, VectorDots {
  /// Chains per product; the number of columns is a multiple of it.
  int LANES = 8;

  /// Rows of a block on the left; the number of rows is a multiple of it.
  int HIGH = 4;

  /// Rows of a block on the right.
  int WIDE = 2;

  /// Adds `<x_i, x_j>` to `sums[i][j]` for all `j <= i`; what is right of the diagonal is left in
  /// any state.
  void add(double[][] x, int rows, int columns, double[][] sums);

  /// The fastest that this JVM can run: the Vector API where its module was added on the command
  /// line (`--add-modules jdk.incubator.vector`), plain loops otherwise.
  static Dots best() {
    return Best.DOTS;
  }

  /// The sum of the chains from `at` on.
  static double sum(double[] lanes, int at) {
    return ((lanes[at] + lanes[at + 4]) + (lanes[at + 2] + lanes[at + 6]))
        + ((lanes[at + 1] + lanes[at + 5]) + (lanes[at + 3] + lanes[at + 7]));
  }

  /// Chosen once.
  final class Best {
    private static final Dots DOTS =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            ? new VectorDots()
            : new PlainDots();

    private Best() {}
  }
}
