package io.rengo.trainer.dense;

/// The two matrix products that a dense network consists of, on matrices that are arrays of rows.
///
/// Rows are padded: the number of columns is a multiple of [#ALIGNMENT], and a block of rows has a
/// multiple of [#ROWS] of them. Every element is one chain of fused multiply-adds in ascending
/// order of the inner index, whatever the width of the machine's vectors: both implementations give
/// the same bits, on every machine.
sealed interface Kernels permits PlainKernels, VectorKernels {
  /// Columns are padded to a multiple of this.
  int ALIGNMENT = 16;

  /// Rows are padded to a multiple of this.
  int ROWS = 8;

  /// `c += a b`.
  ///
  /// @param a `rows` x `inner`
  /// @param b `inner` x `columns`
  /// @param c `rows` x `columns`
  void multiply(float[][] a, float[][] b, float[][] c, int rows, int inner, int columns);

  /// `g = aᵀ d`.
  ///
  /// @param a `rows` x `inner`
  /// @param d `rows` x `columns`
  /// @param g `inner` x `columns`
  /// @param rows any number, padded or not
  /// @param inner padded as rows are
  void multiplyTransposed(float[][] a, float[][] d, float[][] g, int rows, int inner, int columns);

  /// What it computes with, for logs.
  String description();

  /// The fastest that this JVM can run: the Vector API where its module was added on the command
  /// line (`--add-modules jdk.incubator.vector`), plain loops otherwise.
  static Kernels best() {
    return Best.KERNELS;
  }

  /// Chosen once.
  final class Best {
    private static final Kernels KERNELS =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            ? new VectorKernels()
            : new PlainKernels();

    private Best() {}
  }

  /// The least multiple of `unit` that is not below `size`.
  static int padded(int size, int unit) {
    return Math.ceilDiv(size, unit) * unit;
  }
}
