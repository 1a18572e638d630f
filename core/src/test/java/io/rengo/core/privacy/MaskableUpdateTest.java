package io.rengo.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.SplitMix64;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Noise as integers, rotation, rounding, and that all of it adds up.
class MaskableUpdateTest {
  /// Chi-square over the values that are expected often enough; 4 standard deviations are allowed.
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 7.25, 400})
  void poisson_hasItsDistribution(double mean) {
    SplitMix64 random = new SplitMix64(1);
    Poisson poisson = new Poisson(mean);
    int draws = 400_000;
    int[] counts = new int[(int) (mean + 15 * Math.sqrt(mean) + 20)];
    for (int i = 0; i < draws; i++) {
      counts[poisson.sample(random)]++;
    }
    double chi = 0;
    int cells = 0;
    double log = -mean;
    for (int k = 0; k < counts.length; k++) {
      log += k == 0 ? 0 : Math.log(mean / k);
      double expected = draws * Math.exp(log);
      if (expected >= 20) {
        chi += (counts[k] - expected) * (counts[k] - expected) / expected;
        cells++;
      }
    }
    assertThat(cells).isGreaterThan(4);
    assertThat(chi).isLessThan(cells + 4 * Math.sqrt(2.0 * cells));
  }

  /// Bits that are equal to the distribution function's, as far as they go.
  @Test
  void poisson_decidesTiesByFurtherBits() {
    double mean = Math.log(2);
    long half = (long) (Math.exp(-mean) * 0x1p62);
    int zeros = 0;
    int ones = 0;
    Poisson poisson = new Poisson(mean);
    for (long bits = half - 2000; bits <= half + 2000; bits++) {
      long fixed = bits << 2;
      int drawn = poisson.sample((RandomGenerator) () -> fixed);
      zeros += drawn == 0 ? 1 : 0;
      ones += drawn == 1 ? 1 : 0;
    }
    assertThat(zeros + ones).isEqualTo(4001);
    assertThat(zeros).isGreaterThan(0);
    assertThat(ones).isGreaterThan(0);
  }

  @Test
  void skellam_addsUpToSkellam() {
    SplitMix64 random = new SplitMix64(2);
    int members = 10;
    double variance = 30;
    Skellam share = new Skellam(variance / members);
    int draws = 100_000;
    double squares = 0;
    double fourths = 0;
    double sum = 0;
    for (int i = 0; i < draws; i++) {
      long total = Arrays.stream(share.sample(members, random)).sum();
      sum += total;
      squares += (double) total * total;
      fourths += (double) total * total * total * total;
    }
    assertThat(sum / draws).isCloseTo(0, within(0.08));
    assertThat(squares / draws).isCloseTo(variance, within(0.7));
    assertThat(fourths / draws).isCloseTo(3 * variance * variance + variance, within(200.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100, 1024})
  void rotation_keepsLengthsAndGoesBack(int dimension) {
    SplitMix64 random = new SplitMix64(3);
    double[] vector = random.doubles(dimension).toArray();
    Rotation rotation = new Rotation(dimension, 5);
    double[] rotated = rotation.rotate(vector);
    assertThat(Clip.norm(rotated)).isCloseTo(Clip.norm(vector), within(1e-9));
    assertThat(rotation.back(rotated)).containsExactly(vector, within(1e-9));
    assertThat(rotation.padded()).isGreaterThanOrEqualTo(dimension).isLessThan(2 * dimension + 1);
  }

  @Test
  void rotation_spreadsOneCoordinateOverAll() {
    double[] vector = new double[1024];
    vector[17] = 1;
    double[] rotated = new Rotation(1024, 5).rotate(vector);
    assertThat(Arrays.stream(rotated).map(Math::abs).max().orElseThrow())
        .isCloseTo(1 / 32.0, within(1e-12));
  }

  @Test
  void rounding_isRightOnAverageAndWithinTheNorm() {
    SplitMix64 random = new SplitMix64(4);
    double[] values = {0.25, -1.75, 3, 0.5};
    double bound = DistributedNoise.roundedNorm(Clip.norm(values), 4, Math.exp(-0.5));
    double[] sums = new double[4];
    int draws = 40_000;
    for (int i = 0; i < draws; i++) {
      long[] rounded = MaskableUpdate.round(values, 1e9, random);
      IntStream.range(0, 4).forEach(j -> sums[j] += rounded[j]);
      double norm =
          Math.sqrt(
              Arrays.stream(MaskableUpdate.round(values, bound, random)).map(x -> x * x).sum());
      assertThat(norm).isLessThanOrEqualTo(bound);
    }
    for (int j = 0; j < 4; j++) {
      assertThat(sums[j] / draws).isCloseTo(values[j], within(0.02));
    }
  }

  @Test
  void maskedSum_isTheSumOfTheUpdatesWithAllTheNoise() {
    SplitMix64 random = new SplitMix64(6);
    int members = 20;
    int dimension = 300;
    double grid = 0.002;
    double local = 2;
    int bits = DistributedNoise.modulusBits(1, grid, local * grid, members, 512, 6);
    MaskableUpdate form =
        new MaskableUpdate(new Rotation(dimension, 9), 1, grid, bits, Math.exp(-0.5));
    Skellam noise = new Skellam(local * local);
    double[] expected = new double[dimension];
    long[] sum = new long[512];
    for (int member = 0; member < members; member++) {
      double[] update = random.doubles(dimension).map(u -> (u - 0.4) / 50).toArray();
      IntStream.range(0, dimension).forEach(i -> expected[i] += update[i]);
      long[] sent = form.encode(update, count -> noise.sample(count, random), random);
      assertThat(Arrays.stream(sent).allMatch(x -> x >= 0 && x < 1L << bits)).isTrue();
      IntStream.range(0, sum.length).forEach(i -> sum[i] += sent[i]);
    }
    double[] decoded = form.decode(sum);
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      squares += (decoded[i] - expected[i]) * (decoded[i] - expected[i]);
    }
    double deviation = grid * Math.sqrt(members * (local * local + 1 / 6.0));
    assertThat(Math.sqrt(squares / dimension)).isCloseTo(deviation, within(deviation * 0.2));
  }

  @Test
  void longUpdate_isClipped() {
    SplitMix64 random = new SplitMix64(7);
    MaskableUpdate form = new MaskableUpdate(new Rotation(64, 1), 1, 0.001, 24, Math.exp(-0.5));
    double[] update = random.doubles(64).map(u -> 10 * u).toArray();
    double[] decoded = form.decode(form.encode(update, long[]::new, random));
    assertThat(Clip.norm(decoded)).isCloseTo(1, within(0.01));
  }
}
