package io.rengo.core.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Composes privacy loss distributions: the tightest numbers there are for the sampled Gaussian.
/// Koskela, Jälkö and Honkela 2020, "Computing Tight Differential Privacy Guarantees Using FFT";
/// the method of this implementation is told at [LossCurve] and [LossGrid].
public final class PldAccountant implements Accountant {
  /// On which side of the true epsilon an answer may lie.
  public enum Bound {
    /// The true epsilon is at most the answer: what may be claimed.
    ABOVE,
    /// The true epsilon is at least the answer: what no better accountant can go below.
    BELOW
  }

  /// What may be cut off of a release's distribution, as a share of delta over all releases.
  private static final double CUT = 1e-10;

  private final Adjacency adjacency;
  private final Bound bound;

  /// Answers from above.
  public PldAccountant(Adjacency adjacency) {
    this(adjacency, Bound.ABOVE);
  }

  public PldAccountant(Adjacency adjacency, Bound bound) {
    this.adjacency = adjacency;
    this.bound = bound;
  }

  @Override
  public double epsilon(List<SampledGaussian> releases, double delta) {
    Require.delta(delta);
    List<SampledGaussian> spent = merged(releases);
    if (spent.isEmpty()) {
      return 0;
    }
    if (spent.size() == 1 && spent.getFirst().samplingRate() == 1) {
      double distance = adjacency == Adjacency.REPLACE ? 2 : 1;
      return Gaussian.epsilon(spent.getFirst().noiseMultiplier(), delta, distance);
    }
    return switch (adjacency) {
      case ADD_REMOVE -> {
        double remove = curve(spent, delta, LossPair.Remove::new);
        yield largestAdd(spent) <= remove
            ? remove
            : Math.max(remove, curve(spent, delta, LossPair.Add::new));
      }
      case REPLACE -> curve(spent, delta, LossPair.Replace::new);
    };
  }

  /// The largest privacy loss of [LossPair.Add].
  private static double largestAdd(List<SampledGaussian> spent) {
    return spent.stream()
        .mapToDouble(each -> -Math.log1p(-each.samplingRate()) * each.steps())
        .sum();
  }

  private interface PairMaker {
    LossPair of(Mixture mixture);
  }

  private double curve(List<SampledGaussian> spent, double delta, PairMaker maker) {
    long times = spent.stream().mapToLong(SampledGaussian::steps).sum();
    double reach = Math.sqrt(2 * Math.log(times / (delta * CUT)));
    List<LossStep> steps =
        spent.stream()
            .map(each ->
                new LossStep(
                    maker.of(new Mixture(each.samplingRate(), each.noiseMultiplier())),
                    each.steps(),
                    reach))
            .toList();
    double cut = delta * CUT;
    boolean above = bound == Bound.ABOVE;
    return new LossCurve(steps, above).epsilon(above ? delta - cut : delta + cut);
  }

  /// The releases that cost something: equal ones as one, and all without sampling as one Gaussian.
  private static List<SampledGaussian> merged(List<SampledGaussian> releases) {
    double precision = 0;
    List<SampledGaussian> merged = new ArrayList<>();
    for (SampledGaussian each : releases) {
      if (each.free()) {
        continue;
      }
      if (each.samplingRate() == 1) {
        precision += each.steps() / (each.noiseMultiplier() * each.noiseMultiplier());
        continue;
      }
      long before =
          merged.stream()
              .filter(other -> other.times(1).equals(each.times(1)))
              .mapToLong(SampledGaussian::steps)
              .sum();
      merged.removeIf(other -> other.times(1).equals(each.times(1)));
      merged.add(each.times(before + each.steps()));
    }
    Stream<SampledGaussian> whole =
        precision == 0
            ? Stream.empty()
            : Stream.of(new SampledGaussian(1, 1 / Math.sqrt(precision), 1));
    return Stream.concat(whole, merged.stream()).toList();
  }
}
