package io.rengo.core.privacy;

import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// An update as integers that add up under masks: clipped, rotated, rounded to a grid at random
/// until its norm is within the bound, with a share of the noise, modulo a power of two. The sum of
/// all members' is the sum of their updates with all the noise. Kairouz, Liu and Steinke 2021, "The
/// Distributed Discrete Gaussian Mechanism for Federated Learning with Secure Aggregation",
/// algorithms 1 and 2.
///
/// @param clip largest L2 norm of an update
/// @param grid step of the grid, in the update's units
/// @param bits of the modulus, 1 to 62 ([DistributedNoise#modulusBits])
/// @param beta the chance of rounding again, in (0, 1); e^-1/2 is usual
public record MaskableUpdate(Rotation rotation, double clip, double grid, int bits, double beta) {
  public MaskableUpdate {
    Require.positive("clip", clip);
    Require.positive("grid", grid);
    Require.that(bits >= 1 && bits <= 62, "bits", bits, "1 to 62");
    Require.delta(beta);
  }

  /// The largest L2 norm of an update's integers before noise: what the noise has to cover.
  public double norm() {
    return DistributedNoise.roundedNorm(clip / grid, rotation.padded(), beta);
  }

  /// An update's integers.
  ///
  /// @param noise so many integers of the member's share
  public long[] encode(double[] update, IntFunction<long[]> noise, RandomGenerator random) {
    double factor = Clip.safeFactor(Clip.norm(update), clip) / grid;
    double[] scaled = rotation.rotate(update);
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    long[] rounded = round(scaled, norm(), random);
    long[] added = noise.apply(rounded.length);
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (rounded[i] + added[i]) & mask();
    }
    return rounded;
  }

  /// The sum of updates of which these are the integers' sums, modulo or not.
  public double[] decode(long[] sum) {
    double[] values = new double[sum.length];
    for (int i = 0; i < sum.length; i++) {
      long least = sum[i] & mask();
      long centred = least > mask() >> 1 ? least - mask() - 1 : least;
      values[i] = centred * grid;
    }
    return rotation.back(values);
  }

  private long mask() {
    return (1L << bits) - 1;
  }

  /// Each number up or down, with the chances that make its mean right; all again where the norm
  /// comes out too large.
  static long[] round(double[] values, double norm, RandomGenerator random) {
    long[] rounded = new long[values.length];
    while (true) {
      double squares = 0;
      for (int i = 0; i < values.length; i++) {
        double floor = Math.floor(values[i]);
        rounded[i] = (long) floor + (random.nextDouble() < values[i] - floor ? 1 : 0);
        squares += (double) rounded[i] * rounded[i];
      }
      if (Math.sqrt(squares) <= norm) {
        return rounded;
      }
    }
  }
}
