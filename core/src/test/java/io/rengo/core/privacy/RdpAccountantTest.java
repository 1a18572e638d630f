package io.rengo.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RdpAccountantTest {
  private static final RdpAccountant ACCOUNTANT = new RdpAccountant(Adjacency.ADD_REMOVE);

  @ParameterizedTest
  @CsvSource({"0.01, 1.1", "0.2, 0.8", "0.5, 3", "1e-6, 0.7"})
  void wholeOrdersByTheSum_andByTheQuadrature_agree(double rate, double noise) {
    SampledGaussian release = new SampledGaussian(rate, noise, 1);
    for (double order : new double[] {2, 3, 7, 30}) {
      double sum = Renyi.divergence(release, order, Adjacency.ADD_REMOVE);
      double near = Renyi.divergence(release, order + 1e-9, Adjacency.ADD_REMOVE);
      assertThat(near).isCloseTo(sum, within(1e-6 * sum));
    }
  }

  @Test
  void divergence_nearlyWithoutSampling_isTheGaussians() {
    SampledGaussian whole = new SampledGaussian(1, 2, 1);
    SampledGaussian nearly = new SampledGaussian(1 - 1e-13, 2, 1);
    for (Adjacency adjacency : Adjacency.values()) {
      assertThat(Renyi.divergence(nearly, 3.3, adjacency))
          .isCloseTo(Renyi.divergence(whole, 3.3, adjacency), within(1e-9));
    }
  }

  @Test
  void best_atTheEndOfTheOrders_isLookedForBeyond() {
    List<SampledGaussian> tiny = List.of(new SampledGaussian(1, 5000, 1));
    double atEnd = ACCOUNTANT.best(tiny, 1e-9, RdpAccountant.usualOrders()).epsilon();
    assertThat(ACCOUNTANT.epsilon(tiny, 1e-9)).isLessThan(atEnd);
    List<SampledGaussian> huge = List.of(new SampledGaussian(1, 0.01, 10));
    double atBegin = ACCOUNTANT.best(huge, 1e-5, RdpAccountant.usualOrders()).epsilon();
    assertThat(ACCOUNTANT.epsilon(huge, 1e-5)).isLessThan(atBegin);
  }

  @Test
  void epsilon_ofNothing_isZero() {
    assertThat(ACCOUNTANT.epsilon(List.of(), 1e-5)).isZero();
    assertThat(ACCOUNTANT.epsilon(List.of(new SampledGaussian(0.1, 1, 0)), 1e-5)).isZero();
  }
}
