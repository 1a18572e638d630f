package io.rengo.core.aggregation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Order statistics of a few numbers.
final class Order {
  private Order() {}

  /// The median; of an even count, the mean of the two in the middle.
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// The indices by rising value; equal values stay in the order of their indices.
  static int[] ascending(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> values[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
