package io.rengo.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.SplitMix64;
import io.rengo.core.privacy.TreeNoise.Release;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeNoiseTest {
  private static final int WIDE = 20_000;

  /// Running sums of the releases of so many leaves.
  private static List<double[]> runningSums(TreeNoise tree, int leaves, double each, int width) {
    List<double[]> sums = new ArrayList<>();
    double[] running = new double[width];
    List<double[]> kept = List.of();
    for (int leaf = 1; leaf <= leaves; leaf++) {
      double[] sum = new double[width];
      java.util.Arrays.fill(sum, each);
      Release release = tree.release(sum, kept, leaf - 1, leaf);
      kept = release.kept();
      for (int i = 0; i < width; i++) {
        running[i] += release.sum()[i];
      }
      sums.add(running.clone());
    }
    return sums;
  }

  private static double variance(double[] values, double mean) {
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return squares / values.length;
  }

  @Test
  void runningSum_hasTheNoiseOfTheNodesThatCoverIt() {
    GridNoise noise = new GridNoise(1.5, 2, WIDE);
    List<double[]> sums = runningSums(new TreeNoise(noise, new SplitMix64(11)), 16, 0.25, WIDE);
    for (int leaf = 1; leaf <= 16; leaf++) {
      double expected = TreeNoise.variance(leaf) * noise.sigma() * noise.sigma();
      assertThat(variance(sums.get(leaf - 1), 0.25 * leaf))
          .as("leaf %d", leaf)
          .isCloseTo(expected, within(0.06 * expected));
    }
  }

  @Test
  void variance_isLogarithmicAndAtMostThatOfTheCoveringNodes() {
    assertThat(TreeNoise.variance(1)).isEqualTo(1);
    assertThat(TreeNoise.variance(2)).isEqualTo(0.75);
    assertThat(TreeNoise.variance(3)).isEqualTo(1.75);
    assertThat(TreeNoise.variance(1 << 12)).isCloseTo(0.5, within(1e-3));
    assertThat(TreeNoise.variance((1 << 12) - 1)).isBetween(6.0, 7.6);
    for (int leaf = 1; leaf < 600; leaf++) {
      assertThat(TreeNoise.variance(leaf)).isLessThanOrEqualTo(Integer.bitCount(leaf));
    }
  }

  /// By hand: nodes 1, 2 and 12, 3, 4, 34 and 14, in the order in which they are drawn.
  @Test
  void noise_isThatOfTheNodesExactly() {
    GridNoise noise = new GridNoise(1, 1, 1);
    SplitMix64 again = new SplitMix64(5);
    double[] drawn = new double[7];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = noise.draw(1, again)[0];
    }
    double pair = (drawn[2] + drawn[0] + drawn[1]) / 2;
    double second = (drawn[5] + drawn[3] + drawn[4]) / 2;
    double[] expected = {drawn[0], pair, pair + drawn[3], (drawn[6] + pair + second) / 2};
    List<double[]> sums = runningSums(new TreeNoise(noise, new SplitMix64(5)), 4, 0, 1);
    for (int leaf = 0; leaf < 4; leaf++) {
      assertThat(sums.get(leaf)[0]).isEqualTo(expected[leaf] * noise.grid());
    }
  }

  @Test
  void leavesThatWereLeftOut_countAsZero() {
    GridNoise noise = new GridNoise(1, 1, WIDE);
    TreeNoise tree = new TreeNoise(noise, new SplitMix64(3));
    Release first = tree.release(new double[WIDE], List.of(), 0, 3);
    Release second = tree.release(new double[WIDE], first.kept(), 3, 8);
    double[] running = new double[WIDE];
    for (int i = 0; i < WIDE; i++) {
      running[i] = first.sum()[i] + second.sum()[i];
    }
    assertThat(second.kept()).hasSize(1);
    assertThat(variance(running, 0) / Math.pow(noise.sigma(), 2))
        .isCloseTo(TreeNoise.variance(8), within(0.03));
  }

  @Test
  void nodesOfAnotherLeaf_areRefused() {
    TreeNoise tree = new TreeNoise(new GridNoise(1, 1, 1), new SplitMix64(3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tree.release(new double[1], List.of(), 1, 2))
        .withMessageContaining("nodes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tree.release(new double[1], List.of(new double[1]), 2, 2));
  }
}
