package io.rengo.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeCostTest {
  @ParameterizedTest
  @CsvSource({
    // one leaf in each tree: the height of the tree
    "8, 8, 8, 4",
    "8, 8, 7, 3",
    "8, 8, 1, 1",
    "8, 8, 0, 0",
    "8, 8, 16, 8",
    "16, 16, 16, 5",
    // trees of one leaf: independent noise
    "1, 1, 10, 10",
    "4, 1, 10, 3",
    // in every round: each node by as many as it has leaves
    "1, 4, 4, 28",
    "1, 4, 3, 7",
    "1, 8, 8, 120",
    // a tree over two cycles: 2 leaves, each with 3 nodes of its own, and the root by 2
    "4, 8, 8, 10",
  })
  void squares_areThoseOfTheUnitThatLosesMost(int every, int restart, int rounds, long expected) {
    assertThat(new TreeCost(every, restart).squares(rounds)).isEqualTo(expected);
  }

  /// Every node of a small tree written down, and every unit tried.
  @Test
  void squares_areThoseOfAllNodesWrittenDown() {
    for (int every = 1; every <= 5; every++) {
      for (int restart = 1; restart <= 9; restart++) {
        for (int rounds = 1; rounds <= 20; rounds++) {
          assertThat(new TreeCost(every, restart).squares(rounds))
              .as("every %d, restart %d, rounds %d", every, restart, rounds)
              .isEqualTo(byHand(every, restart, rounds));
        }
      }
    }
  }

  private static long byHand(int every, int restart, int rounds) {
    long most = 0;
    for (int turn = 0; turn < every; turn++) {
      long squares = 0;
      for (int round = 0; round < rounds; round++) {
        int leaf = round % restart + 1;
        for (int size = 1; leaf % size == 0; size *= 2) {
          int last = round;
          int mine = turn;
          long taken =
              IntStream.rangeClosed(last - size + 1, last)
                  .filter(each -> each % every == mine)
                  .count();
          squares += taken * taken;
        }
      }
      most = Math.max(most, squares);
    }
    return most;
  }

  @Test
  void rounds_costTogetherWhatTheyAddOneByOne() {
    TreeCost cost = new TreeCost(6, 8);
    PldAccountant accountant = new PldAccountant(Adjacency.ADD_REMOVE);
    List<SampledGaussian> each =
        IntStream.rangeClosed(1, 20).mapToObj(round -> cost.round(round, 5)).toList();
    double together = accountant.epsilon(List.of(cost.rounds(20, 5)), 1e-5);
    assertThat(accountant.epsilon(each, 1e-5)).isCloseTo(together, within(1e-2 * together));
    assertThat(new RdpAccountant(Adjacency.ADD_REMOVE).epsilon(each, 1e-5))
        .isCloseTo(Zcdp.epsilon(cost.squares(20) * Zcdp.rho(5), 1e-5), within(1e-2));
  }

  /// Adding the running sums' noise of one node less than noise in each round: what it is for.
  @Test
  void tree_needsLessNoiseInTheLastModelThanIndependentNoiseWithoutSampling() {
    int rounds = 256;
    double tree = new TreeCost(rounds, rounds).squares(rounds) * TreeNoise.variance(rounds);
    double independent = rounds;
    assertThat(tree).isLessThan(independent / 40);
  }

  @Test
  void bounds_areKept() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TreeCost(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TreeCost(1, 1 << 17));
  }
}
