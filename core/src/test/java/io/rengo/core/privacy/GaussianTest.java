package io.rengo.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GaussianTest {
  @Test
  void sigma_givesItsDeltaAndNotMore() {
    double sigma = Gaussian.sigma(2, 1e-7, 3);
    assertThat(Gaussian.delta(sigma, 2, 3)).isLessThanOrEqualTo(1e-7);
    assertThat(Gaussian.delta(sigma * 0.999999, 2, 3)).isGreaterThan(1e-7);
    assertThat(Gaussian.epsilon(sigma, 1e-7, 3)).isCloseTo(2, within(1e-9));
  }

  @Test
  void classicalSigma_aboveEpsilonOne_isRefused() {
    assertThat(Gaussian.classicalSigma(1, 1e-5, 1)).isGreaterThan(Gaussian.sigma(1, 1e-5, 1));
    assertThatThrownBy(() -> Gaussian.classicalSigma(1.01, 1e-5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(0, 1]");
  }

  @Test
  void normal_keepsItsDigitsInTheTails() {
    assertThat(Normal.cdf(0)).isCloseTo(0.5, within(1e-15));
    assertThat(Normal.cdf(-10)).isCloseTo(7.619853024160527e-24, within(1e-36));
    assertThat(Normal.cdf(-1.2)).isCloseTo(0.11506967022170828, within(1e-15));
    assertThat(Normal.cdf(3)).isCloseTo(0.9986501019683699, within(1e-15));
    assertThat(Normal.logCdf(-40)).isCloseTo(-804.6084420137538, within(1e-9));
  }
}
