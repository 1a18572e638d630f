package io.rengo.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final Accountant PLD = new PldAccountant(Adjacency.ADD_REMOVE);

  @Test
  void noiseMultiplier_keepsToEpsilonAndIsNoLargerThanNeeded() {
    double noise = new Calibration(PLD).noiseMultiplier(0.01, 1000, 2, 1e-5);
    assertThat(epsilon(noise, 1000)).isLessThanOrEqualTo(2);
    assertThat(epsilon(noise * 0.999, 1000)).isGreaterThan(2);
  }

  @Test
  void steps_areTheMostWithinEpsilon() {
    long steps = new Calibration(PLD).steps(0.01, 1.1, 1, 1e-5);
    assertThat(epsilon(1.1, steps)).isLessThanOrEqualTo(1);
    assertThat(epsilon(1.1, steps + 1)).isGreaterThan(1);
  }

  @Test
  void steps_whereNotOneFits_areNone() {
    assertThat(new Calibration(PLD).steps(1, 0.5, 1, 1e-5)).isZero();
  }

  private static double epsilon(double noise, long steps) {
    return PLD.epsilon(List.of(new SampledGaussian(0.01, noise, steps)), 1e-5);
  }
}
