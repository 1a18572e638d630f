package io.rengo.core.privacy;

/// The fast Fourier transform of a power of two of complex numbers, in place, by radix 2. Twiddle
/// factors are computed one by one, not by recurrence, so that errors stay near 1e-16.
final class Fft {
  private final int size;
  private final double[] cos;
  private final double[] sin;

  Fft(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(size + " is not a power of two");
    }
    this.size = size;
    this.cos = new double[size / 2];
    this.sin = new double[size / 2];
    for (int i = 0; i < size / 2; i++) {
      double angle = 2 * Math.PI * i / size;
      cos[i] = Math.cos(angle);
      sin[i] = Math.sin(angle);
    }
  }

  /// `X_k = sum x_n e^(-2 pi i k n / size)`.
  void forward(double[] re, double[] im) {
    reverse(re, im);
    for (int half = 1; half < size; half *= 2) {
      pass(re, im, half);
    }
  }

  /// The inverse of [#forward].
  void inverse(double[] re, double[] im) {
    forward(im, re);
    for (int i = 0; i < size; i++) {
      re[i] /= size;
      im[i] /= size;
    }
  }

  private void pass(double[] re, double[] im, int half) {
    int stride = size / (2 * half);
    for (int block = 0; block < size; block += 2 * half) {
      for (int j = 0; j < half; j++) {
        int a = block + j;
        int b = a + half;
        double c = cos[j * stride];
        double s = sin[j * stride];
        double x = re[b] * c + im[b] * s;
        double y = im[b] * c - re[b] * s;
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
    }
  }

  private void reverse(double[] re, double[] im) {
    int shift = 1 + Integer.numberOfLeadingZeros(size);
    for (int i = 0; i < size; i++) {
      int j = size == 1 ? 0 : Integer.reverse(i) >>> shift;
      if (j > i) {
        double x = re[i];
        re[i] = re[j];
        re[j] = x;
        double y = im[i];
        im[i] = im[j];
        im[j] = y;
      }
    }
  }
}
