package io.rengo.core.privacy;

import io.rengo.core.SplitMix64;
import java.util.Arrays;

/// A random rotation that everybody can repeat: signs from a public seed, then the Walsh-Hadamard
/// transform. It spreads a vector's length evenly over its coordinates, so that a grid and a
/// modulus of few bits suffice for all of them.
///
/// @param dimension of the vectors; they are padded with zeros to a power of two
/// @param seed known to all
public record Rotation(int dimension, long seed) {
  private static final int LARGEST = 1 << 28;

  public Rotation {
    Require.that(dimension >= 1 && dimension <= LARGEST, "dimension", dimension, "1 to 2^28");
  }

  /// The dimension of rotated vectors.
  public int padded() {
    return dimension == 1 ? 1 : Integer.highestOneBit(dimension - 1) << 1;
  }

  /// The vector, rotated.
  public double[] rotate(double[] vector) {
    double[] rotated = Arrays.copyOf(vector, padded());
    flip(rotated);
    transform(rotated);
    return rotated;
  }

  /// What was rotated.
  public double[] back(double[] rotated) {
    double[] vector = rotated.clone();
    transform(vector);
    flip(vector);
    return Arrays.copyOf(vector, dimension);
  }

  private void flip(double[] vector) {
    SplitMix64 random = SplitMix64.derive(seed, "rotation");
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextBoolean() ? -vector[i] : vector[i];
    }
  }

  private static void transform(double[] x) {
    for (int half = 1; half < x.length; half *= 2) {
      for (int block = 0; block < x.length; block += 2 * half) {
        for (int i = block; i < block + half; i++) {
          double a = x[i];
          double b = x[i + half];
          x[i] = a + b;
          x[i + half] = a - b;
        }
      }
    }
    double scale = 1 / Math.sqrt(x.length);
    for (int i = 0; i < x.length; i++) {
      x[i] *= scale;
    }
  }
}
