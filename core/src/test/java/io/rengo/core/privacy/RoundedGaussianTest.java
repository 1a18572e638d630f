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

/// The noise is normal, lies on a grid, and no shortcut decides what more bits would decide
/// otherwise.
class RoundedGaussianTest {
  /// Gives the same bits for ever.
  private record Constant(long bits) implements RandomGenerator {
    @Override
    public long nextLong() {
      return bits;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 1.3, 3e-5})
  void noise_isNormal(double sigma) {
    int count = 1_000_000;
    float[] noise = new float[count];
    new RoundedGaussian(sigma, new SplitMix64(11)).add(noise, count, 1);
    double[] sorted = new double[count];
    double squares = 0;
    for (int i = 0; i < count; i++) {
      sorted[i] = noise[i] / sigma;
      squares += sorted[i] * sorted[i];
    }
    Arrays.sort(sorted);
    double furthest = 0;
    double step = new RoundedGaussian(sigma, new SplitMix64(1)).grid() / sigma;
    for (int i = 0; i < count; i++) {
      boolean lastOfItsKind = i + 1 == count || sorted[i + 1] > sorted[i];
      if (lastOfItsKind) {
        double share = (i + 1.0) / count;
        furthest = Math.max(furthest, Math.abs(share - Normal.cdf(sorted[i] + step / 2)));
      }
    }
    assertThat(furthest).isLessThan(1.95 / Math.sqrt(count));
    assertThat(squares / count).isCloseTo(1 + step * step / 12, within(0.006));
  }

  @Test
  void sums_lieOnTheGrid_timesTheScale() {
    SplitMix64 random = new SplitMix64(3);
    RoundedGaussian gaussian = new RoundedGaussian(0.9, random);
    float[] values = new float[5000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (100 * random.nextGaussian());
    }
    gaussian.add(values, 4999, 0.125);
    for (int i = 0; i < 4999; i++) {
      double steps = values[i] * 8 / gaussian.grid();
      assertThat(steps).isEqualTo(Math.rint(steps));
    }
    assertThat(gaussian.grid()).isEqualTo(0x1p-6);
  }

  @Test
  void vectorsAndLoops_giveTheSameBits() {
    float[] plain = new float[10_007];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = i * 0.37f - 900;
    }
    float[] vectors = plain.clone();
    new RoundedGaussian(1.7, new SplitMix64(5), new PlainRounding()).add(plain, plain.length, 0.25);
    new RoundedGaussian(1.7, new SplitMix64(5), new VectorRounding())
        .add(vectors, vectors.length, 0.25);
    assertThat(vectors).isEqualTo(plain);
  }

  /// Whatever the bits are that the quick arithmetic does not look at, they would have decided so.
  @Test
  void whatIsDecidedQuickly_holdsForAllFurtherBits() {
    SplitMix64 random = new SplitMix64(7);
    int count = 300_000;
    int quick = 0;
    for (double sigma : new double[] {1.0, 1.999}) {
      for (int i = 0; i < count; i++) {
        float value = (float) (40 * random.nextGaussian());
        int[] bits = {random.nextInt()};
        if ((bits[0] & Integer.MAX_VALUE) < QuantileTable.LEAST) {
          continue;
        }
        RoundedGaussian low = new RoundedGaussian(sigma, new Constant(0), new PlainRounding());
        RoundedGaussian high = new RoundedGaussian(sigma, new Constant(-1), new PlainRounding());
        double least = low.decide(value, bits[0]);
        double most = high.decide(value, bits[0]);
        if (least != most) {
          continue;
        }
        quick++;
        float[] decided = {value};
        new PlainRounding().add(low, decided, 0, bits, 0, 1, 1);
        assertThat(decided[0]).isEqualTo((float) (least * low.grid()));
      }
    }
    assertThat(quick).isGreaterThan(count * 2 * 99 / 100);
  }

  /// Of values that the shortcut takes, none may depend on what it leaves out.
  @Test
  void theSlack_coversTheShortcutsError() {
    SplitMix64 random = new SplitMix64(9);
    double worst = 0;
    for (int i = 0; i < 400_000; i++) {
      int drawn = random.nextInt() & Integer.MAX_VALUE;
      if (i % 4 == 0) {
        drawn = QuantileTable.LEAST + random.nextInt(1 << 20);
      }
      if (drawn < QuantileTable.LEAST) {
        continue;
      }
      double quick = PlainRounding.noise(drawn, drawn);
      for (double end : new double[] {drawn + 1e-9, drawn + 1 - 1e-9}) {
        double exact = QuantileTable.quantile(end * 0x1p-32);
        worst = Math.max(worst, Math.abs(quick - exact));
      }
    }
    double rounding = 0x1p-16;
    assertThat(worst * 64 + rounding).isLessThan(Rounding.SLACK * 0.75);
  }

  @Test
  void quantiles_areTheInverseOfTheDistribution() {
    for (double u = 1e-12; u <= 0.5; u *= 1.37) {
      assertThat(Normal.cdf(-QuantileTable.quantile(u)) / u).isCloseTo(1, within(1e-12));
      double exact = ExactQuantile.above(new BigDecimal(QuantileTable.quantile(u))).doubleValue();
      assertThat(exact / u).isCloseTo(1, within(1e-11));
    }
    assertThat(QuantileTable.quantile(0.5)).isCloseTo(0, within(1e-12));
  }

  @Test
  void whereNoDigitsDecide_theLastBitsDo() {
    double steps = 40;
    long uniform = 1L << 51;
    double size = QuantileTable.quantile(uniform * 0x1p-54);
    double boundary = size * steps;
    assertThat(isBelow(false, uniform - (1 << 20), boundary)).isFalse();
    assertThat(isBelow(false, uniform + (1 << 20), boundary)).isTrue();
    assertThat(isBelow(true, uniform - (1 << 20), -boundary)).isTrue();
    assertThat(isBelow(true, uniform + (1 << 20), -boundary)).isFalse();
    assertThat(isBelow(true, uniform, boundary)).isTrue();
    assertThat(isBelow(false, uniform, -boundary)).isFalse();
  }

  private static boolean isBelow(boolean negative, long uniform, double boundary) {
    return ExactQuantile.isBelow(negative, uniform, -54, boundary, 40, new SplitMix64(1));
  }

  @Test
  void farTails_areThere() {
    RoundedGaussian gaussian = new RoundedGaussian(1, new Constant(0x0000_0400_0000_0000L));
    double steps = gaussian.decide(0, 0);
    assertThat(steps * gaussian.grid()).isBetween(6.5, 12.0);
    assertThat(gaussian.decide(0, Integer.MIN_VALUE) * gaussian.grid()).isBetween(-12.0, -6.5);
  }
}
