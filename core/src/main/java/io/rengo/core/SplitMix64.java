package io.rengo.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/// The SplitMix64 generator (Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number
/// Generators"), with the same bits on every machine: for all that is random and must come out the
/// same again. It is no source of secrets, nor of noise that protects anybody. Not safe for use by
/// several threads at once.
public final class SplitMix64 implements RandomGenerator {
  private long state;
  private double spare = Double.NaN;

  public SplitMix64(long seed) {
    this.state = seed;
  }

  /// A seed of its own for each list of names under a base seed: the first eight bytes, big-endian,
  /// of the SHA-256 of the base (eight bytes) and each part's length in UTF-8 (four bytes) and
  /// bytes. Streams of different names have nothing to do with each other.
  public static long seed(long base, String... parts) {
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(base).flip());
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  /// A generator with the seed of these names; see [#seed].
  public static SplitMix64 derive(long base, String... parts) {
    return new SplitMix64(seed(base, parts));
  }

  @Override
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// Uniform in [0, 1), a multiple of 2^-53.
  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /// Standard normal, by Marsaglia's polar method on [StrictMath].
  @Override
  public double nextGaussian() {
    if (!Double.isNaN(spare)) {
      double value = spare;
      spare = Double.NaN;
      return value;
    }
    while (true) {
      double x = 2 * nextDouble() - 1;
      double y = 2 * nextDouble() - 1;
      double s = x * x + y * y;
      if (s > 0 && s < 1) {
        double scale = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        spare = y * scale;
        return x * scale;
      }
    }
  }
}
