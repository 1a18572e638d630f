package io.rengo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The published formulas are checked by the test vectors; here is what holds for all of them.
class ServerOptimizerTest {
  private static final int LENGTH = 1_003;
  private static final int ROUNDS = 4;

  static List<ServerOptimizer> optimizers() {
    return List.of(
        FedAvg.defaults(),
        FedAvgM.defaults(),
        new FedAvgM(0.5, 0.7, true),
        FedAdagrad.defaults(),
        FedAdam.defaults(),
        new FedAdam(0.1, 0.9, 0.99, 1e-9, 0, true),
        FedYogi.defaults());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void shardsStepAsTheWholeDoes_bitForBit(ServerOptimizer optimizer) {
    double[] whole = random(1, LENGTH);
    double[][] state = optimizer.initialState(LENGTH);
    int cut = 333;
    double[] left = Arrays.copyOf(whole, cut);
    double[] right = Arrays.copyOfRange(whole, cut, LENGTH);
    double[][] leftState = optimizer.initialState(cut);
    double[][] rightState = optimizer.initialState(LENGTH - cut);

    for (int round = 0; round < ROUNDS; round++) {
      double[] delta = random(100 + round, LENGTH);
      optimizer.step(whole, delta, state, round);
      optimizer.step(left, Arrays.copyOf(delta, cut), leftState, round);
      optimizer.step(right, Arrays.copyOfRange(delta, cut, LENGTH), rightState, round);
    }

    assertThat(left).isEqualTo(Arrays.copyOf(whole, cut));
    assertThat(right).isEqualTo(Arrays.copyOfRange(whole, cut, LENGTH));
    for (int slot = 0; slot < optimizer.slots(); slot++) {
      assertThat(leftState[slot]).isEqualTo(Arrays.copyOf(state[slot], cut));
      assertThat(rightState[slot]).isEqualTo(Arrays.copyOfRange(state[slot], cut, LENGTH));
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void step_leavesTheDelta_andMovesAlongIt(ServerOptimizer optimizer) {
    double[] model = new double[LENGTH];
    double[] delta = random(5, LENGTH);

    optimizer.step(model, delta, optimizer.initialState(LENGTH), 0);

    assertThat(delta).isEqualTo(random(5, LENGTH));
    for (int i = 0; i < LENGTH; i++) {
      assertThat(model[i] * delta[i]).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aDeltaOfZeroInTheFirstRound_leavesTheModel(ServerOptimizer optimizer) {
    double[] model = random(2, LENGTH);

    optimizer.step(model, new double[LENGTH], optimizer.initialState(LENGTH), 0);

    assertThat(model).isEqualTo(random(2, LENGTH));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void initialState_hasOneVectorPerSlot(ServerOptimizer optimizer) {
    double[][] state = optimizer.initialState(3);

    assertThat(Arrays.asList(state))
        .hasSize(optimizer.slots())
        .allSatisfy(slot -> assertThat(slot).hasSize(3));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void step_refusesWhatDoesNotFitTogether(ServerOptimizer optimizer) {
    double[][] state = optimizer.initialState(2);

    assertThatThrownBy(() -> optimizer.step(new double[2], new double[3], state, 0))
        .hasMessage("a delta of 3 for a model of 2");
    assertThatThrownBy(() -> optimizer.step(new double[2], new double[2], state, -1))
        .hasMessage("round -1; the first is 0");
    assertThatThrownBy(() -> optimizer.step(new double[2], new double[2], new double[5][2], 0))
        .hasMessageStartingWith("5 state vectors");
    if (optimizer.slots() > 0) {
      double[][] other = optimizer.initialState(3);
      assertThatThrownBy(() -> optimizer.step(new double[2], new double[2], other, 0))
          .hasMessage("a state of 3 for a model of 2");
    }
  }

  @Test
  void fedAvgM_withoutMomentumIsFedAvg() {
    double[] momentum = random(1, LENGTH);
    double[] plain = random(1, LENGTH);
    var fedAvgM = new FedAvgM(1, 0, false);
    double[][] state = fedAvgM.initialState(LENGTH);
    for (int round = 0; round < ROUNDS; round++) {
      double[] delta = random(50 + round, LENGTH);
      fedAvgM.step(momentum, delta, state, round);
      FedAvg.defaults().step(plain, delta, new double[0][], round);
    }

    assertThat(momentum).isEqualTo(plain);
  }

  @Test
  void fedAvgM_withNesterovLooksOneStepAhead() {
    double[] model = {1};
    var optimizer = new FedAvgM(0.5, 0.8, true);
    double[][] state = optimizer.initialState(1);

    optimizer.step(model, new double[] {2}, state, 0);
    assertThat(state[0][0]).isEqualTo(-2);
    assertThat(model[0]).isCloseTo(1 + 0.5 * (2 + 0.8 * 2), within(1e-15));

    optimizer.step(model, new double[] {1}, state, 1);
    assertThat(state[0][0]).isCloseTo(-2.6, within(1e-15));
    assertThat(model[0]).isCloseTo(2.8 + 0.5 * (1 + 0.8 * 2.6), within(1e-15));
  }

  @Test
  void adaptiveMethods_withoutInitialVariance_moveByTheirRateHoweverSmallTheDelta() {
    double[] model = new double[2];
    var optimizer = new FedAdam(0.1, 0, 0, 1e-30, 0, false);

    optimizer.step(model, new double[] {1e-12, 0}, optimizer.initialState(2), 0);

    assertThat(model).containsExactly(new double[] {0.1, 0}, within(1e-12));
  }

  @Test
  void fedYogi_bringsTheVarianceDownSlowerThanFedAdam() {
    double[][] yogi = new FedYogi(0.1, 0.9, 0.9, 1e-3, 1).initialState(1);
    double[][] adam = new FedAdam(0.1, 0.9, 0.9, 1e-3, 1, false).initialState(1);

    new FedYogi(0.1, 0.9, 0.9, 1e-3, 1).step(new double[1], new double[] {0.1}, yogi, 0);
    new FedAdam(0.1, 0.9, 0.9, 1e-3, 1, false).step(new double[1], new double[] {0.1}, adam, 0);

    assertThat(yogi[1][0]).isCloseTo(1 - 0.1 * 0.01, within(1e-15));
    assertThat(adam[1][0]).isCloseTo(0.9 + 0.1 * 0.01, within(1e-15));
  }

  @Test
  void parametersOutOfBounds_areRefusedWithTheBound() {
    assertThatThrownBy(() -> new FedAvg(0)).hasMessage("learningRate is 0.0, it must be above 0");
    assertThatThrownBy(() -> new FedAvg(Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FedAvgM(1, 1, false))
        .hasMessage("momentum is 1.0, it must be in [0, 1)");
    assertThatThrownBy(() -> new FedAdam(1, 0.9, 0.99, 0, 0, false))
        .hasMessage("tau is 0.0, it must be above 0");
    assertThatThrownBy(() -> new FedAdagrad(1, 1e-3, -1))
        .hasMessage("initialVariance is -1.0, it must be 0 or more");
    assertThatThrownBy(() -> new FedYogi(1, Double.NaN, 0.99, 1e-3, 0))
        .hasMessage("beta1 is NaN, it must be in [0, 1)");
  }

  private static double[] random(long seed, int length) {
    return new SplitMix64(seed).doubles(length, -1, 1).toArray();
  }
}
