package io.rengo.agent.data;

import io.rengo.agent.Examples;
import io.rengo.core.SplitMix64;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Shuffles rows and parts them into training and hold-out.
///
/// A classification is stratified: the rows are sorted by class, and the hold-out takes them at
/// even distances, so that it has `floor(count * fraction)` rows and each class its share to within
/// one.
final class Split {
  private Split() {}

  record Rows(int[] training, int[] holdOut) {}

  static Rows of(Examples examples, double fraction, boolean stratified, long seed) {
    int[] order = Shuffle.permutation(examples.count(), SplitMix64.derive(seed, "split"));
    int[] sorted =
        stratified
            ? IntStream.of(order)
                .boxed()
                .sorted(Comparator.comparingInt(row -> (int) examples.targets()[row]))
                .mapToInt(Integer::intValue)
                .toArray()
            : order;
    boolean[] held = new boolean[examples.count()];
    for (int i = 0; i < sorted.length; i++) {
      held[sorted[i]] = Math.floor((i + 1) * fraction) > Math.floor(i * fraction);
    }
    return new Rows(
        IntStream.of(order).filter(row -> !held[row]).toArray(),
        IntStream.of(order).filter(row -> held[row]).toArray());
  }
}
