package io.rengo.agent.data;

import java.util.random.RandomGenerator;

/// SplitMix64 (Steele, Lea, Flood 2014): the order of examples must be the same on every machine
/// and every JDK, so the generator is written out.
final class Seeded implements RandomGenerator {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private long state;

  /// @param seed the seed
  /// @param stream the numbers that tell this use of the seed from others, such as the epoch
  Seeded(long seed, long... stream) {
    state = seed;
    for (long part : stream) {
      state = mix(state + GAMMA) ^ mix(part + 2 * GAMMA);
    }
  }

  @Override
  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /// The numbers below `count` in random order (Fisher-Yates).
  int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    shuffle(order);
    return order;
  }

  void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = below(i + 1);
      int value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }

  /// Uniform from 0 to below `bound`, by the upper half of a product (Lemire 2019), whose bias of
  /// less than `bound / 2^63` no data set can show.
  int below(int bound) {
    return (int) Math.multiplyHigh(nextLong() >>> 1, (long) bound << 1);
  }

  private static long mix(long z) {
    long first = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long second = (first ^ (first >>> 27)) * 0x94D049BB133111EBL;
    return second ^ (second >>> 31);
  }
}
