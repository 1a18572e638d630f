package io.rengo.agent.data;

import io.rengo.core.SplitMix64;

/// Random orders that are the same on every machine.
final class Shuffle {
  private Shuffle() {}

  /// The numbers below `count` in random order.
  static int[] permutation(int count, SplitMix64 random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    shuffle(order, random);
    return order;
  }

  /// Fisher-Yates.
  static void shuffle(int[] values, SplitMix64 random) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = below(i + 1, random);
      int value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }

  /// Uniform from 0 to below `bound`, by the upper half of a product (Lemire 2019), whose bias of
  /// less than `bound / 2^63` no data set can show.
  static int below(int bound, SplitMix64 random) {
    return (int) Math.multiplyHigh(random.nextLong() >>> 1, (long) bound << 1);
  }
}
