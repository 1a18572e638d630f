package io.rengo.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.privacy.PldAccountant.Bound;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The golden epsilons are upper bounds by dp-accounting 0.6.0, `pld.privacy_loss_distribution`,
/// with a grid of 1e-4 (1e-5 for the first and for a million steps) and its pessimistic estimate.
class PldAccountantTest {
  /// Ours may be below that library's, which is an upper bound too, but not by much.
  private static final double GRID_OF_GOLDEN = 1e-4;

  private static final double WITHIN = 0.005;

  @ParameterizedTest
  @CsvSource({
    "ADD_REMOVE, 0.01, 1.1, 1000, 1e-5, 1.5153620003335992",
    "REPLACE, 0.01, 1.1, 1000, 1e-5, 2.477798726904296",
    "ADD_REMOVE, 1, 3, 100, 1e-5, 19.130768031929325",
    "REPLACE, 1, 3, 100, 1e-5, 49.883712579300585",
    "ADD_REMOVE, 0.2, 0.8, 50, 1e-6, 17.138233787134293",
    "REPLACE, 0.2, 0.8, 50, 1e-6, 23.36895896475721",
    "ADD_REMOVE, 0.02, 2, 500, 1e-5, 0.9209285481107569",
    "REPLACE, 0.02, 2, 500, 1e-5, 1.7673153561489523",
    "ADD_REMOVE, 0.01, 1, 1, 1e-6, 0.3639478576758363",
    "REPLACE, 0.01, 1, 1, 1e-6, 0.37393000123137987",
    "ADD_REMOVE, 0.1, 1, 10, 1e-6, 3.46598474054069",
    "REPLACE, 0.1, 1, 10, 1e-6, 4.071479505086719",
    "ADD_REMOVE, 0.5, 2, 100, 1e-8, 18.26154594034398",
    "REPLACE, 0.5, 2, 100, 1e-8, 38.3519413590474",
    "ADD_REMOVE, 0.001, 0.6, 10000, 1e-6, 3.1522270307968516",
    "REPLACE, 0.3, 0.5, 3, 1e-5, 14.632443454138329",
    "ADD_REMOVE, 0.001, 1, 1000000, 1e-6, 6.6943062612476565",
    "ADD_REMOVE, 0.01, 4, 1000000, 1e-7, 15.893218723835899"
  })
  void epsilon_isThatOfAnotherLibraryAndBetweenItsBounds(
      Adjacency adjacency, double rate, double noise, long steps, double delta, double golden) {
    List<SampledGaussian> releases = List.of(new SampledGaussian(rate, noise, steps));
    double above = new PldAccountant(adjacency).epsilon(releases, delta);
    double below = new PldAccountant(adjacency, Bound.BELOW).epsilon(releases, delta);
    assertThat(above).isCloseTo(golden, within(WITHIN * golden));
    assertThat(below).isLessThanOrEqualTo(above).isCloseTo(above, within(WITHIN * above));
    assertThat(below).isLessThanOrEqualTo(golden * (1 + GRID_OF_GOLDEN));
    assertThat(above).isGreaterThanOrEqualTo(golden * (1 - GRID_OF_GOLDEN));
    assertThat(above).isLessThanOrEqualTo(new RdpAccountant(adjacency).epsilon(releases, delta));
  }

  @ParameterizedTest
  @CsvSource({"1, 1e-5", "1, 1e-9", "4, 1e-6", "0.5, 1e-4"})
  void epsilon_almostWithoutSampling_isTheGaussiansFromAbove(double noise, double delta) {
    double exact = Gaussian.epsilon(noise, delta, 1);
    List<SampledGaussian> releases = List.of(new SampledGaussian(1 - 1e-12, noise, 1));
    assertThat(new PldAccountant(Adjacency.ADD_REMOVE).epsilon(releases, delta))
        .isBetween(exact * (1 - 1e-9), exact * 1.0001);
    assertThat(new PldAccountant(Adjacency.ADD_REMOVE, Bound.BELOW).epsilon(releases, delta))
        .isBetween(exact * 0.9999, exact * (1 + 1e-9));
  }

  @Test
  void epsilon_ofGaussiansWithoutSampling_isOfTheOneTheyAmountTo() {
    List<SampledGaussian> releases =
        List.of(new SampledGaussian(1, 6, 2), new SampledGaussian(1, 3, 1));
    double one = 1 / Math.sqrt(2 / 36.0 + 1 / 9.0);
    assertThat(new PldAccountant(Adjacency.ADD_REMOVE).epsilon(releases, 1e-6))
        .isCloseTo(Gaussian.epsilon(one, 1e-6, 1), within(1e-9));
  }

  @Test
  void epsilon_ofDifferentReleases_liesBetweenThoseOfTheWeakestAndTheStrongest() {
    Accountant accountant = new PldAccountant(Adjacency.ADD_REMOVE);
    SampledGaussian little = new SampledGaussian(0.01, 2, 100);
    SampledGaussian much = new SampledGaussian(0.02, 1, 100);
    double both = accountant.epsilon(List.of(little, much), 1e-5);
    assertThat(both)
        .isGreaterThan(accountant.epsilon(List.of(much), 1e-5))
        .isLessThan(accountant.epsilon(List.of(much.times(200)), 1e-5))
        .isEqualTo(accountant.epsilon(List.of(little.times(40), much, little.times(60)), 1e-5));
  }

  @Test
  void epsilon_fallsWithNoiseAndDelta_risesWithRateAndSteps() {
    double base = epsilon(0.01, 1.1, 300, 1e-5);
    assertThat(epsilon(0.01, 1.2, 300, 1e-5)).isLessThan(base);
    assertThat(epsilon(0.01, 1.1, 300, 1e-4)).isLessThan(base);
    assertThat(epsilon(0.011, 1.1, 300, 1e-5)).isGreaterThan(base);
    assertThat(epsilon(0.01, 1.1, 310, 1e-5)).isGreaterThan(base);
  }

  @Test
  void epsilon_ofNothing_isZero() {
    assertThat(new PldAccountant(Adjacency.REPLACE).epsilon(List.of(), 1e-5)).isZero();
    assertThat(epsilon(0, 1, 10, 1e-5)).isZero();
    assertThat(epsilon(0.5, 1, 0, 1e-5)).isZero();
    assertThat(epsilon(1e-7, 1, 1, 1e-5)).isZero();
  }

  @Test
  void thousandSteps_takeUnderAFifthOfASecond_aMillionUnderTwo() {
    epsilon(0.01, 1.1, 1000, 1e-5);
    assertThat(seconds(() -> epsilon(0.01, 1.1, 1000, 1e-5))).isLessThan(0.2);
    assertThat(seconds(() -> epsilon(0.001, 1, 1_000_000, 1e-6))).isLessThan(2);
  }

  /// The quickest of three: other work on the machine is not what is measured.
  private static double seconds(Runnable work) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 3; i++) {
      long begin = System.nanoTime();
      work.run();
      least = Math.min(least, (System.nanoTime() - begin) / 1e9);
    }
    return least;
  }

  private static double epsilon(double rate, double noise, long steps, double delta) {
    return new PldAccountant(Adjacency.ADD_REMOVE)
        .epsilon(List.of(new SampledGaussian(rate, noise, steps)), delta);
  }
}
