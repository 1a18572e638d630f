package io.rengo.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.SplitMix64;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscreteGaussianTest {
  private static final int DRAWS = 200_000;

  /// With the quantile of chi-square at 1e-6, by Wilson and Hilferty.
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.7, 1, 3, 12.5})
  void samples_haveTheDistribution(double sigma) {
    DiscreteGaussian noise = new DiscreteGaussian(sigma);
    int reach = (int) Math.ceil(4 * sigma);
    long[] counts = new long[2 * reach + 2];
    for (long x : noise.sample(DRAWS, new SplitMix64(7))) {
      counts[Math.abs(x) <= reach ? (int) x + reach : 2 * reach + 1]++;
    }
    double rest = 1;
    double statistic = 0;
    int cells = 0;
    double small = 0;
    long smallCount = 0;
    for (int x = -reach; x <= reach; x++) {
      double p = noise.probability(x);
      rest -= p;
      if (p * DRAWS < 10) {
        small += p;
        smallCount += counts[x + reach];
      } else {
        statistic += term(counts[x + reach], p);
        cells++;
      }
    }
    statistic += term(smallCount + counts[2 * reach + 1], small + rest);
    double h = 2.0 / (9 * cells);
    assertThat(statistic).isLessThan(cells * Math.pow(1 - h + 4.76 * Math.sqrt(h), 3));
  }

  private static double term(long count, double p) {
    double expected = p * DRAWS;
    return expected < 1e-3 && count == 0
        ? 0
        : (count - expected) * (count - expected) / Math.max(expected, 1);
  }

  @Test
  void samples_ofAFineGrid_haveItsMoments() {
    double sigma = 0x1.0p30;
    long[] draws = new DiscreteGaussian(sigma).sample(DRAWS, new SplitMix64(3));
    double mean = Arrays.stream(draws).mapToDouble(x -> x / sigma).average().orElseThrow();
    double square = Arrays.stream(draws).mapToDouble(x -> x / sigma * (x / sigma)).sum() / DRAWS;
    double fourth = Arrays.stream(draws).mapToDouble(x -> Math.pow(x / sigma, 4)).sum() / DRAWS;
    assertThat(mean).isCloseTo(0, within(0.012));
    assertThat(square).isCloseTo(1, within(0.017));
    assertThat(fourth).isCloseTo(3, within(0.12));
  }

  /// Where the first bits do not decide: a generator whose uniform number is the probability's own
  /// 53 bits is decided by the bits after them.
  @Test
  void bernoulli_onTheEdge_isDecidedByMoreBits() {
    BigDecimal x = new BigDecimal("0.5");
    long edge = (long) (Math.exp(-0.5) * 0x1.0p53);
    RandomGenerator low = fixed((edge - 1) << 11, 0);
    RandomGenerator high = fixed((edge + 1) << 11, -1);
    assertThat(new Bernoulli(low).exp(0.5, digits -> x)).isTrue();
    assertThat(new Bernoulli(high).exp(0.5, digits -> x)).isFalse();
  }

  private static RandomGenerator fixed(long first, int next) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return first;
      }

      @Override
      public int nextInt() {
        return next;
      }
    };
  }
}
