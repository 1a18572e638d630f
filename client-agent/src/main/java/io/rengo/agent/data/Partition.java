package io.rengo.agent.data;

import io.rengo.core.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Parts one data set over the members of a simulation. Each row goes to exactly one member.
public final class Partition {
  private Partition() {}

  /// Skewed by class: for each class the members' shares are drawn from a symmetric Dirichlet
  /// distribution (Hsu, Qi, Brown 2019). Drawn again until every member has `minSize` rows.
  ///
  /// @param classes the class of each row
  /// @param alpha above 0; the smaller, the more skewed
  /// @return the row numbers of each member, in random order
  public static List<int[]> dirichlet(
      int[] classes, int members, double alpha, long seed, int minSize) {
    if (members < 1 || !(alpha > 0) || (long) members * minSize > classes.length) {
      throw new IllegalArgumentException(
          "%d rows cannot be parted over %d members with at least %d each and alpha %s"
              .formatted(classes.length, members, minSize, alpha));
    }
    for (int attempt = 0; attempt < 10_000; attempt++) {
      List<int[]> parts =
          draw(
              classes,
              members,
              alpha,
              SplitMix64.derive(seed, "dirichlet", Integer.toString(attempt)));
      if (parts.stream().allMatch(part -> part.length >= minSize)) {
        return parts;
      }
    }
    throw new IllegalArgumentException(
        "alpha %s leaves some of %d members with fewer than %d rows each time it is drawn"
            .formatted(alpha, members, minSize));
  }

  /// Rows spread evenly and at random.
  ///
  /// @return the row numbers of each member, in random order; sizes differ by at most one
  public static List<int[]> uniform(int rows, int members, long seed) {
    int[] order = Shuffle.permutation(rows, SplitMix64.derive(seed, "uniform"));
    return IntStream.range(0, members)
        .mapToObj(member ->
            Arrays.copyOfRange(
                order,
                (int) ((long) rows * member / members),
                (int) ((long) rows * (member + 1) / members)))
        .toList();
  }

  private static List<int[]> draw(int[] classes, int members, double alpha, SplitMix64 random) {
    List<IntStream.Builder> parts = new ArrayList<>();
    for (int member = 0; member < members; member++) {
      parts.add(IntStream.builder());
    }
    for (int kind : IntStream.of(classes).distinct().sorted().toArray()) {
      int[] rows = IntStream.range(0, classes.length).filter(i -> classes[i] == kind).toArray();
      Shuffle.shuffle(rows, random);
      double[] ends = Dirichlet.cumulative(members, alpha, random);
      for (int member = 0, row = 0; member < members; member++) {
        int end = member == members - 1 ? rows.length : (int) (ends[member] * rows.length);
        for (; row < end; row++) {
          parts.get(member).add(rows[row]);
        }
      }
    }
    List<int[]> shuffled = new ArrayList<>();
    for (IntStream.Builder part : parts) {
      int[] rows = part.build().toArray();
      Shuffle.shuffle(rows, random);
      shuffled.add(rows);
    }
    return shuffled;
  }
}
