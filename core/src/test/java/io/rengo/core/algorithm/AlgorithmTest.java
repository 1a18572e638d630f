package io.rengo.core.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The algorithms on members with the losses `a_k (w - b_k)^2 / 2`, whose sum is smallest at `sum
/// a_k b_k / sum a_k`.
class AlgorithmTest {
  private static final double[] A = {1, 4, 0.5};
  private static final double[] B = {-1, 2, 5};
  private static final double BEST = (-1 + 8 + 2.5) / 5.5;
  private static final double RATE = 0.1;
  private static final int STEPS = 10;

  @Test
  void averagingAloneDoesNotReachTheBestForAll() {
    assertThat(rounds(new Plain(), 1000)).isNotCloseTo(BEST, within(0.05));
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void scaffoldDoes(int option) {
    assertThat(rounds(new Scaffold(option), 1000)).isCloseTo(BEST, within(1e-6));
  }

  @Test
  void feddynDoes() {
    assertThat(rounds(new FedDyn(0.3), 3000)).isCloseTo(BEST, within(1e-3));
  }

  @Test
  void meanOfVectorsIsTheirMeanWhoeverTakesPart() {
    double[] own = {1, 2, 6};
    double[] mean = {3};
    ClientAlgorithm.moveMean(mean, new double[] {7 + 0.5}, new double[] {2 + 6}, 3);
    own[1] = 7;
    own[2] = 0.5;

    assertThat(mean[0]).isCloseTo(Arrays.stream(own).sum() / 3, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "7, 0, 0", "7, 0.9, 0", "1, 0.9, 0", "7, 0, 3", "1, 0, 3"})
  void fednovaCountsWhatTheStepsCount(int steps, double momentum, double mu) {
    LocalSteps local = new LocalSteps(RATE, momentum, mu);

    assertThat(FedNova.coefficients(steps, local))
        .isCloseTo(travelled(steps, local) / RATE, within(1e-9));
  }

  @Test
  void fednovaOfEqualStepsIsFedavg() {
    LocalSteps local = new LocalSteps(RATE, 0.9, 0);
    double[] examples = {10, 30};
    long[] steps = {5, 5};
    FedNova algorithm = new FedNova();
    double first = algorithm.weight(10, 5, local);
    double second = algorithm.weight(30, 5, local);

    assertThat(second / first).isCloseTo(3, within(1e-12));
    assertThat(algorithm.factor(examples, steps, local)).isCloseTo(1, within(1e-12));
  }

  @Test
  void staleUpdatesCountLess() {
    FedBuff algorithm = new FedBuff(2, 0.5, false, 9);

    assertThat(algorithm.weight(0)).isEqualTo(1);
    assertThat(algorithm.weight(3)).isEqualTo(0.5);
    assertThat(algorithm.factor(new double[] {1, 0.5})).isEqualTo(0.75);
  }

  /// How far steps come on a slope of 1, where only they and the terms around them count.
  private static double travelled(int steps, LocalSteps local) {
    double w = 0;
    double v = 0;
    for (int step = 0; step < steps; step++) {
      v = local.momentum() * v + 1 + local.proximalMu() * w;
      w -= local.rate() * v;
    }
    return -w;
  }

  private static double rounds(ClientAlgorithm algorithm, int rounds) {
    double x = 0;
    double[] mean = {0};
    double[][] own = new double[A.length][1];
    for (int round = 0; round < rounds; round++) {
      double[] delta = {0};
      double[] before = {0};
      double[] now = {0};
      double[] shared = algorithm.sharesMean() ? mean.clone() : new double[1];
      for (int k = 0; k < A.length; k++) {
        double shift = algorithm.keepsVectors() ? algorithm.shift(own[k], shared)[0] : 0;
        double w = x;
        for (int step = 0; step < STEPS; step++) {
          w -= RATE * (A[k] * (w - B[k]) + shift + algorithm.proximalMu() * (w - x));
        }
        delta[0] += (w - x) / A.length;
        if (algorithm.keepsVectors()) {
          before[0] += own[k][0];
          own[k] =
              algorithm.next(
                  new LocalWork(
                      new double[] {x},
                      new double[] {w},
                      STEPS,
                      RATE,
                      own[k],
                      shared,
                      Optional.of(new double[] {A[k] * (x - B[k])})));
          now[0] += own[k][0];
        }
      }
      ClientAlgorithm.moveMean(mean, now, before, A.length);
      algorithm.correct(delta, mean);
      x += delta[0];
    }
    return x;
  }
}
