package io.rengo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// The bits themselves are pinned by the test vectors.
class SplitMix64Test {
  @Test
  void seed_isPinned() {
    assertThat(SplitMix64.seed(42)).isEqualTo(-6432526491365186678L);
    assertThat(SplitMix64.seed(42, "round", "7")).isEqualTo(3460150591406950998L);
  }

  @Test
  void seed_differsWithEveryName() {
    Set<Long> seeds =
        LongStream.of(
                SplitMix64.seed(1),
                SplitMix64.seed(2),
                SplitMix64.seed(1, ""),
                SplitMix64.seed(1, "ab"),
                SplitMix64.seed(1, "a", "b"),
                SplitMix64.seed(1, "b", "a"),
                SplitMix64.seed(1, "", "ab"))
            .boxed()
            .collect(Collectors.toSet());

    assertThat(seeds).hasSize(7);
  }

  @Test
  void derive_startsFromTheSeedOfItsNames() {
    assertThat(SplitMix64.derive(3, "x").nextLong())
        .isEqualTo(new SplitMix64(SplitMix64.seed(3, "x")).nextLong());
  }

  @Test
  void streamsOfNeighbouringNames_areNotCorrelated() {
    int count = 20_000;
    var a = SplitMix64.derive(1, "member-1");
    var b = SplitMix64.derive(1, "member-2");
    double product = 0;
    for (int i = 0; i < count; i++) {
      product += (2 * a.nextDouble() - 1) * (2 * b.nextDouble() - 1);
    }

    assertThat(product / count).isCloseTo(0, within(4 / (3 * Math.sqrt(count))));
  }

  @Test
  void nextDouble_isUniform() {
    var statistics =
        DoubleStream.generate(new SplitMix64(5)::nextDouble).limit(100_000).summaryStatistics();

    assertThat(statistics.getMin()).isBetween(0.0, 1e-3);
    assertThat(statistics.getMax()).isBetween(1 - 1e-3, Math.nextDown(1.0));
    assertThat(statistics.getAverage()).isCloseTo(0.5, within(0.004));
  }

  @Test
  void nextGaussian_hasTheMomentsOfTheNormal() {
    double[] values =
        DoubleStream.generate(new SplitMix64(6)::nextGaussian).limit(100_000).toArray();

    assertThat(moment(values, 1)).isCloseTo(0, within(0.0127));
    assertThat(moment(values, 2)).isCloseTo(1, within(0.018));
    assertThat(moment(values, 3)).isCloseTo(0, within(0.05));
    assertThat(moment(values, 4)).isCloseTo(3, within(0.125));
    double tail = DoubleStream.of(values).filter(value -> Math.abs(value) > 1.959964).count();
    assertThat(tail / values.length).isCloseTo(0.05, within(0.003));
  }

  @Test
  void nextGaussian_isPinned() {
    var random = new SplitMix64(42);

    assertThat(new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()})
        .containsExactly(0.49295065581737485, -0.6940056672160174, -1.2810773478777024);
  }

  private static double moment(double[] values, int order) {
    return DoubleStream.of(values).map(value -> Math.pow(value, order)).average().orElseThrow();
  }
}
