package io.rengo.trainer.dense;

/// What a convolution does to an image: square filters without padding, and then the largest value
/// of each square of `pool` by `pool` positions; positions that do not fill a square are left out.
/// An image lies row by row, in a row pixel by pixel, in a pixel channel by channel.
///
/// @param height of the image that goes in
/// @param channels of the image that goes in
/// @param filters how many there are: the channels of the image that comes out
/// @param kernel height and width of a filter
/// @param stride from one position of the filters to the next
record Convolution(
    int height, int width, int channels, int filters, int kernel, int stride, int pool) {
  /// Positions of the filters from top to bottom.
  int high() {
    return (height - kernel) / stride + 1;
  }

  /// Positions of the filters from left to right.
  int wide() {
    return (width - kernel) / stride + 1;
  }

  int positions() {
    return high() * wide();
  }

  /// Values of the image under a filter.
  int patch() {
    return kernel * kernel * channels;
  }

  int inputs() {
    return height * width * channels;
  }

  int outputs() {
    return (high() / pool) * (wide() / pool) * filters;
  }

  /// Number of float32 values that a [ConvolutionLayer] keeps of an example.
  int kept() {
    int columns =
        2 * Kernels.padded(patch(), Kernels.ALIGNMENT)
            + 2 * Kernels.padded(filters, Kernels.ALIGNMENT);
    return Math.multiplyExact(positions(), columns);
  }

  /// Number of parameters.
  int size() {
    return (patch() + 1) * filters;
  }
}
