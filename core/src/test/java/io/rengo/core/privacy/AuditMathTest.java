package io.rengo.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.SplitMix64;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Intervals, curves, shadow models and what can be read off an update.
class AuditMathTest {
  /// The bounds are those of `scipy.stats.beta.ppf`.
  @ParameterizedTest
  @CsvSource({
    "0, 100, 0, 0.036216693",
    "3, 100, 0.006229972, 0.085176053",
    "50, 100, 0.398321130, 0.601678870",
    "100, 100, 0.963783307, 1",
    "7, 100000, 0.0000281441, 0.0001442214",
    "1, 1, 0.025, 1",
    "0, 0, 0, 1",
  })
  void interval_isClopperAndPearsons(long successes, long trials, double low, double high) {
    Binomial.Interval interval = Binomial.interval(successes, trials, 0.95);
    assertThat(interval.low()).isCloseTo(low, within(1e-8));
    assertThat(interval.high()).isCloseTo(high, within(1e-8));
  }

  @Test
  void counts_tellWhatTheScoresThemselvesTell() {
    SplitMix64 random = new SplitMix64(3);
    double[] members = random.doubles(4000).map(u -> 3 * random.nextGaussian() + 2).toArray();
    double[] others = random.doubles(5000).map(u -> 3 * random.nextGaussian()).toArray();
    ScoreCounts counts = ScoreCounts.of(members, others);
    assertThat(counts.auc())
        .isCloseTo(MembershipInference.attack(members, others).auc(), within(2e-3));
    for (double rate : new double[] {0.001, 0.01, 0.1}) {
      double exact = MembershipInference.truePositives(members, others, rate);
      ScoreCounts.Found found = counts.at(rate);
      assertThat(found.rate()).isBetween(exact - 0.02, exact + 1e-9);
      assertThat(found.falsePositives()).isLessThanOrEqualTo((long) (rate * 5000));
      assertThat(exact).isBetween(found.interval().low() - 0.02, found.interval().high() + 0.02);
    }
  }

  @Test
  void countsOfMembers_addUp() {
    ScoreCounts a = ScoreCounts.of(new double[] {1, -1e9}, new double[] {0});
    ScoreCounts b = ScoreCounts.of(new double[] {2}, new double[] {0.5, 1e9});
    assertThat(a.plus(b))
        .isEqualTo(ScoreCounts.of(new double[] {1, -1e9, 2}, new double[] {0, 0.5, 1e9}));
    assertThat(a.plus(b).curve()[1][ScoreCounts.BINS]).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScoreCounts(new long[3], new long[3]).check());
  }

  @Test
  void nothingToTellApart_isAHalf() {
    assertThat(ScoreCounts.none().auc()).isEqualTo(0.5);
    assertThat(ScoreCounts.none().at(0.01).rate()).isZero();
  }

  @Test
  void eachRow_isInHalfOfTheShadowModels() {
    ShadowModels shadows = new ShadowModels(50, 6, new SplitMix64(1));
    int[] times = new int[50];
    for (int model = 0; model < 6; model++) {
      IntStream.of(shadows.rows(model)).forEach(row -> times[row]++);
    }
    assertThat(times).containsOnly(3);
  }

  @Test
  void shadowModels_findTheRowsThatAModelKnows() {
    int rows = 400;
    SplitMix64 random = new SplitMix64(5);
    double[] hardness = random.doubles(rows).map(u -> 6 * u).toArray();
    ShadowModels shadows = new ShadowModels(rows, 16, random);
    for (int model = 0; model < 16; model++) {
      boolean[] in = new boolean[rows];
      IntStream.of(shadows.rows(model)).forEach(row -> in[row] = true);
      shadows.trained(model, losses(hardness, in, random));
    }
    boolean[] trained = new boolean[rows];
    Arrays.fill(trained, 0, rows / 2, true);
    double[] losses = losses(hardness, trained, random);
    double[] scores = shadows.scores(losses);
    ScoreCounts byShadows = halves(scores);
    ScoreCounts byLosses = halves(Arrays.stream(losses).map(ShadowModels::logit).toArray());
    assertThat(byShadows.auc()).isGreaterThan(0.9).isGreaterThan(byLosses.auc() + 0.1);
    assertThat(byShadows.at(0.01).rate()).isGreaterThan(0.3);
  }

  /// A row's logit falls with its hardness and is 1.5 higher where the model knows it.
  private static double[] losses(double[] hardness, boolean[] in, SplitMix64 random) {
    return IntStream.range(0, hardness.length)
        .mapToDouble(row -> {
          double logit = 3 - hardness[row] + (in[row] ? 1.5 : 0) + 0.5 * random.nextGaussian();
          return Math.log1p(Math.exp(-logit));
        })
        .toArray();
  }

  private static ScoreCounts halves(double[] scores) {
    int half = scores.length / 2;
    return ScoreCounts.of(
        Arrays.copyOf(scores, half), Arrays.copyOfRange(scores, half, scores.length));
  }

  @Test
  void updateOfOneRow_holdsTheRow_andNoiseHidesIt() {
    float[] row = {0.3f, -1.2f, 0.8f};
    float[] others = {1, 0, 0, 0, 1, 0, 0.3f, -1.2f, 0.8f};
    float[] deltas = {0.5f, -0.25f};
    float[] update = new float[8];
    for (int unit = 0; unit < 2; unit++) {
      for (int i = 0; i < 3; i++) {
        update[i * 2 + unit] = row[i] * deltas[unit];
      }
      update[6 + unit] = deltas[unit];
    }
    assertThat(GradientInversion.of(update, 3, 2).read(others)).isEqualTo(1);
    SplitMix64 random = new SplitMix64(2);
    for (int i = 0; i < update.length; i++) {
      update[i] += (float) (5 * random.nextGaussian());
    }
    assertThat(GradientInversion.of(update, 3, 2).read(others)).isZero();
  }

  @Test
  void unitsThatDidNotMove_showNothing() {
    assertThat(GradientInversion.of(new float[8], 3, 2).read(new float[] {1, 2, 3, 4, 5, 6}))
        .isZero();
  }
}
