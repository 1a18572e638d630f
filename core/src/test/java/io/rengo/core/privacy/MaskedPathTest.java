package io.rengo.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.core.SplitMix64;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// From members' updates over their masked integers to the decoded sum, for many shapes of updates,
/// numbers of members, grids, sizes of noise and both kinds of it.
class MaskedPathTest {
  private static final int CASES = 120;
  private static final double BETA = Math.exp(-0.5);

  private enum Shape {
    ALIKE,
    ONE_COORDINATE,
    EACH_ITS_OWN,
    LONGER_THAN_THE_CLIP,
    ZERO
  }

  /// One draw of everything that a job would choose.
  private record Case(
      int members, int dimension, double clip, double grid, double sigma, boolean skellam) {
    static Case draw(SplitMix64 random) {
      double clip = 0.25 + 4 * random.nextDouble();
      return new Case(
          2 + random.nextInt(39),
          List.of(1, 3, 100, 257, 700).get(random.nextInt(5)),
          clip,
          clip / (50 + random.nextInt(2000)),
          1 + 7 * random.nextDouble(),
          random.nextBoolean());
    }

    int bits(double deviations) {
      return DistributedNoise.modulusBits(
          clip, grid, sigma * grid, members, rotation(1).padded(), deviations);
    }

    Rotation rotation(long seed) {
      return new Rotation(dimension, seed);
    }

    MaskableUpdate form(int bits, long seed) {
      return new MaskableUpdate(rotation(seed), clip, grid, bits, BETA);
    }

    IntFunction<long[]> noise(SplitMix64 random) {
      return skellam
          ? count -> new Skellam(sigma * sigma).sample(count, random)
          : count -> new DiscreteGaussian(sigma).sample(count, random);
    }

    double[] update(Shape shape, int member, SplitMix64 random) {
      double[] update = new double[dimension];
      SplitMix64 own = shape == Shape.EACH_ITS_OWN ? random : new SplitMix64(17);
      switch (shape) {
        case ZERO -> {}
        case ONE_COORDINATE -> update[member % dimension] = clip;
        default -> Arrays.setAll(update, i -> own.nextGaussian());
      }
      double norm = Clip.norm(update);
      double length = shape == Shape.LONGER_THAN_THE_CLIP ? 3 * clip : 0.9 * clip;
      return norm == 0 ? update : Arrays.stream(update).map(x -> x * length / norm).toArray();
    }
  }

  /// What the sums of a case came to.
  ///
  /// @param wrapped coordinates whose sum of integers left the modulus
  /// @param squares of the errors of the decoded sum
  private record Outcome(long wrapped, double squares) {}

  private static Outcome run(Case of, Shape shape, int bits, SplitMix64 random) {
    MaskableUpdate form = of.form(bits, random.nextLong());
    long modulus = 1L << bits;
    double[] expected = new double[of.dimension];
    long[] exact = new long[form.rotation().padded()];
    long[] masked = new long[exact.length];
    long[] lastMask = new long[exact.length];
    for (int member = 0; member < of.members; member++) {
      double[] update = of.update(shape, member, random);
      double factor = Math.min(1, of.clip / Math.max(Clip.norm(update), 1e-300));
      for (int i = 0; i < of.dimension; i++) {
        expected[i] += update[i] * factor;
      }
      long[] sent = form.encode(update, of.noise(random), random);
      boolean last = member == of.members - 1;
      for (int i = 0; i < sent.length; i++) {
        long mask = last ? -lastMask[i] : random.nextLong(modulus);
        lastMask[i] += last ? 0 : mask;
        masked[i] = Math.floorMod(masked[i] + Math.floorMod(sent[i] + mask, modulus), modulus);
        exact[i] += sent[i] >= modulus / 2 ? sent[i] - modulus : sent[i];
      }
    }
    double[] decoded = form.decode(masked);
    double squares = 0;
    for (int i = 0; i < of.dimension; i++) {
      squares += (decoded[i] - expected[i]) * (decoded[i] - expected[i]);
    }
    long wrapped = Arrays.stream(exact).filter(x -> x >= modulus / 2 || x < -modulus / 2).count();
    return new Outcome(wrapped, squares);
  }

  /// The noise of all members together is what the accountant is told, and rounding adds between
  /// nothing and a quarter of a step's square each.
  @Test
  void decodedSum_hasTheClaimedVarianceAndNeverWrapsAround() {
    SplitMix64 random = new SplitMix64(20);
    double least = 0;
    double most = 0;
    double all = 0;
    for (int i = 0; i < CASES; i++) {
      Case of = Case.draw(random);
      Shape shape = Shape.values()[i % Shape.values().length];
      Outcome outcome = run(of, shape, of.bits(6), random);
      assertThat(outcome.wrapped()).as("%s %s", of, shape).isZero();
      double unit = of.grid * of.grid * of.members;
      double variance = of.sigma * of.sigma;
      double coordinates = of.dimension;
      double slack = 6 * Math.sqrt(2 * coordinates) + 20;
      assertThat(outcome.squares() / (unit * variance))
          .as("%s %s", of, shape)
          .isLessThan(coordinates * (1 + 0.25 / variance) + slack);
      least += coordinates;
      most += coordinates * (1 + 0.25 / variance);
      all += outcome.squares() / (unit * variance);
    }
    double deviation = Math.sqrt(2 * most);
    assertThat(all).isBetween(least - 4 * deviation, most + 4 * deviation);
  }

  /// What the test above would see of a modulus that is too small.
  @Test
  void modulusThatIsTooSmall_wrapsAround() {
    SplitMix64 random = new SplitMix64(21);
    long wrapped = 0;
    for (int i = 0; i < 30; i++) {
      Case of = Case.draw(random);
      wrapped += run(of, Shape.ALIKE, of.bits(6) - 4, random).wrapped();
    }
    assertThat(wrapped).isGreaterThan(100);
  }
}
