package io.rengo.agent.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.core.SplitMix64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionTest {
  private static final int[] CLASSES = IntStream.range(0, 6_000).map(i -> i % 10).toArray();

  @Test
  void dirichlet_givesEachRowToOneMember() {
    List<int[]> parts = Partition.dirichlet(CLASSES, 7, 0.5, 42, 10);
    assertThat(parts).hasSize(7).allMatch(part -> part.length >= 10);
    assertThat(parts.stream().flatMapToInt(IntStream::of).sorted().toArray())
        .isEqualTo(IntStream.range(0, CLASSES.length).toArray());
  }

  @Test
  void dirichlet_dependsOnTheSeedAlone() {
    assertThat(Partition.dirichlet(CLASSES, 5, 0.5, 42, 10).toArray(int[][]::new))
        .isDeepEqualTo(Partition.dirichlet(CLASSES, 5, 0.5, 42, 10).toArray(int[][]::new));
    assertThat(Partition.dirichlet(CLASSES, 5, 0.5, 43, 10).getFirst())
        .isNotEqualTo(Partition.dirichlet(CLASSES, 5, 0.5, 42, 10).getFirst());
  }

  @Test
  void alpha_isTheSkew() {
    assertThat(largestShare(1_000)).isBetween(0.15, 0.25);
    assertThat(largestShare(0.05)).isGreaterThan(0.7);
  }

  /// Mean of the largest member's share of each class, over five members.
  private static double largestShare(double alpha) {
    List<int[]> parts = Partition.dirichlet(CLASSES, 5, alpha, 1, 0);
    return IntStream.range(0, 10)
        .mapToDouble(kind ->
            parts.stream()
                    .mapToLong(part -> IntStream.of(part).filter(i -> i % 10 == kind).count())
                    .max()
                    .orElseThrow()
                / 600.0)
        .average()
        .orElseThrow();
  }

  @Test
  void shares_haveTheMomentsOfTheDistribution() {
    double alpha = 0.5;
    int size = 4;
    SplitMix64 random = new SplitMix64(9);
    double squares = 0;
    double sum = 0;
    for (int i = 0; i < 20_000; i++) {
      double first = Dirichlet.cumulative(size, alpha, random)[0];
      sum += first;
      squares += first * first;
    }
    double mean = sum / 20_000;
    double variance = squares / 20_000 - mean * mean;
    assertThat(mean).isBetween(0.24, 0.26);
    assertThat(variance).isBetween(0.060, 0.065);
  }

  @Test
  void uniform_spreadsEvenly() {
    List<int[]> parts = Partition.uniform(10, 3, 1);
    assertThat(parts.stream().map(part -> part.length)).containsExactly(3, 3, 4);
    assertThat(parts.stream().flatMapToInt(IntStream::of).sorted().toArray())
        .isEqualTo(IntStream.range(0, 10).toArray());
  }

  @Test
  void impossibleParts_areRefused() {
    assertThatThrownBy(() -> Partition.dirichlet(CLASSES, 700, 0.5, 1, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
