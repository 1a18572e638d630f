package io.rengo.agent.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.core.SplitMix64;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void everyRow_isInOneBatch() {
    int[][] batches = Batches.of(101, 32, 5, 0);
    assertThat(Arrays.stream(batches).mapToInt(batch -> batch.length).toArray())
        .containsExactly(32, 32, 32, 5);
    assertThat(Arrays.stream(batches).flatMapToInt(IntStream::of).sorted().toArray())
        .isEqualTo(IntStream.range(0, 101).toArray());
  }

  @Test
  void order_dependsOnSeedAndEpochAlone() {
    assertThat(Batches.of(50, 8, 5, 1)).isDeepEqualTo(Batches.of(50, 8, 5, 1));
    assertThat(Batches.of(50, 50, 5, 1)[0]).isNotEqualTo(Batches.of(50, 50, 5, 2)[0]);
    assertThat(Batches.of(50, 50, 5, 1)[0]).isNotEqualTo(Batches.of(50, 50, 6, 1)[0]);
    assertThat(Batches.of(50, 50, 5, 1)[0]).isNotEqualTo(Batches.of(50, 50, 1, 5)[0]);
  }

  /// The order is part of what a job's result depends on: this pins it.
  @Test
  void order_isTheSameOnEveryMachine() {
    assertThat(Batches.of(8, 8, 1, 0)[0]).containsExactly(3, 6, 1, 5, 2, 4, 7, 0);
  }

  @Test
  void below_isUniform() {
    SplitMix64 random = new SplitMix64(3);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[Shuffle.below(7, random)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_600, 10_400);
    }
  }
}
