package io.rengo.agent.data;

import io.rengo.core.SplitMix64;
import java.util.Arrays;

/// The order in which examples are trained on. Every trainer in the JVM takes its batches from
/// here, so that two of them see the same ones.
public final class Batches {
  private Batches() {}

  /// The row numbers of each batch of an epoch: every row once, in an order that the seed and the
  /// epoch decide; the last batch may have fewer rows.
  public static int[][] of(int count, int batchSize, long seed, int epoch) {
    int[] order =
        Shuffle.permutation(count, SplitMix64.derive(seed, "batches", Integer.toString(epoch)));
    int[][] batches = new int[Math.ceilDiv(count, batchSize)][];
    for (int i = 0; i < batches.length; i++) {
      int start = i * batchSize;
      batches[i] = Arrays.copyOfRange(order, start, Math.min(count, start + batchSize));
    }
    return batches;
  }
}
