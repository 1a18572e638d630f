package io.rengo.core;

import java.util.List;
import java.util.random.RandomGenerator;

/// Which of the members take part in a round.
public sealed interface CohortRule {
  /// The members of the cohort, sorted by name. The same candidates, in any order, and the same
  /// random bits give the same cohort. Throws [IllegalArgumentException] where a member is there
  /// twice, or where there are fewer candidates than the cohort needs.
  ///
  /// @param round from 1
  /// @param random for [Turns] with the same bits in every round, for all others with new ones
  List<String> select(List<Candidate> candidates, int round, RandomGenerator random);

  /// How many of so many members are in a cohort, at most or on average.
  default int expected(int members) {
    int size =
        switch (this) {
          case All all -> members;
          case UniformSample sample -> sample.size();
          case PoissonSample sample -> (int) Math.ceil(sample.rate() * members);
          case Turns turns -> Math.ceilDiv(members, turns.every());
          case WeightedSample sample -> sample.size();
          case StragglerAware aware -> aware.size();
        };
    return Math.min(size, members);
  }

  /// Every candidate.
  record All() implements CohortRule {
    @Override
    public List<String> select(List<Candidate> candidates, int round, RandomGenerator random) {
      return Draw.sorted(candidates).stream().map(Candidate::member).toList();
    }
  }

  /// So many candidates, each set of that size as likely as any other.
  ///
  /// @param size of the cohort, 1 or more
  record UniformSample(int size) implements CohortRule {
    public UniformSample {
      Range.atLeastOne("size", size);
    }

    @Override
    public List<String> select(List<Candidate> candidates, int round, RandomGenerator random) {
      return Draw.weighted(candidates, size, candidate -> 1, random);
    }
  }

  /// Each candidate by itself with the same probability: what privacy amplification by Poisson
  /// sampling is proved for. The cohort's size varies, and **it may be empty**.
  ///
  /// @param rate the probability, in (0, 1]
  record PoissonSample(double rate) implements CohortRule {
    public PoissonSample {
      Range.share("rate", rate);
    }

    @Override
    public List<String> select(List<Candidate> candidates, int round, RandomGenerator random) {
      return Draw.sorted(candidates).stream()
          .filter(candidate -> random.nextDouble() < rate)
          .map(Candidate::member)
          .toList();
    }
  }

  /// Each candidate in one of every so many rounds, always the same of them: for promises that need
  /// to know how often a member takes part at most. Which one is drawn for each candidate by
  /// itself, so that one more or less changes nothing for the others; **a cohort may be empty**.
  ///
  /// @param every rounds of a cycle, 1 or more
  record Turns(int every) implements CohortRule {
    public Turns {
      Range.atLeastOne("every", every);
    }

    @Override
    public List<String> select(List<Candidate> candidates, int round, RandomGenerator random) {
      long seed = random.nextLong();
      return Draw.sorted(candidates).stream()
          .map(Candidate::member)
          .filter(member -> turn(seed, member) == (round - 1) % every)
          .toList();
    }

    private long turn(long seed, String member) {
      return Math.floorMod(SplitMix64.seed(seed, "turn", member), (long) every);
    }
  }

  /// So many candidates, drawn one after the other without replacement, each time with a
  /// probability in proportion to its examples among those still there. A candidate whose examples
  /// are not known counts with the mean of the known ones; where none is known, all are equal.
  ///
  /// @param size of the cohort, 1 or more
  record WeightedSample(int size) implements CohortRule {
    public WeightedSample {
      Range.atLeastOne("size", size);
    }

    @Override
    public List<String> select(List<Candidate> candidates, int round, RandomGenerator random) {
      double mean =
          candidates.stream()
              .mapToLong(Candidate::examples)
              .filter(examples -> examples > 0)
              .average()
              .orElse(1);
      return Draw.weighted(
          candidates,
          size,
          candidate -> candidate.examples() > 0 ? candidate.examples() : mean,
          random);
    }
  }

  /// Prefers members that answered past rounds in time, and fast, without ever giving up on one:
  /// drawn as [WeightedSample] draws, with the weight
  ///
  /// `max(floor, (answered + 1) / (selected + 1) * min(1, (median / meanSeconds)^exponent))`
  ///
  /// where `median` is that of the candidates that have answered. A member that was never chosen
  /// has weight 1, one that never answered no factor for its speed. As weights lie in [floor, 1],
  /// each of `n` candidates is chosen with a probability of at least `1 - (1 - floor / n)^size`,
  /// whatever its past. The factor for the speed is that of Oort (Lai et al. 2021).
  ///
  /// @param size of the cohort, 1 or more
  /// @param exponent how much slowness counts, 0 (not at all) or more
  /// @param floor the smallest weight, in (0, 1]
  record StragglerAware(int size, double exponent, double floor) implements CohortRule {
    public StragglerAware {
      Range.atLeastOne("size", size);
      Range.notNegative("exponent", exponent);
      Range.share("floor", floor);
    }

    /// Exponent 1, floor 0.1.
    public StragglerAware(int size) {
      this(size, 1, 0.1);
    }

    @Override
    public List<String> select(List<Candidate> candidates, int round, RandomGenerator random) {
      double median = medianSeconds(candidates);
      return Draw.weighted(candidates, size, candidate -> weight(candidate, median), random);
    }

    private double weight(Candidate candidate, double median) {
      double reliability = (candidate.answered() + 1.0) / (candidate.selected() + 1.0);
      double speed =
          candidate.answered() > 0 && candidate.meanSeconds() > median
              ? StrictMath.pow(median / candidate.meanSeconds(), exponent)
              : 1;
      return Math.max(floor, reliability * speed);
    }

    /// The lower median of those that have answered; 0 where none has, and then no weight needs it.
    private static double medianSeconds(List<Candidate> candidates) {
      double[] seconds =
          candidates.stream()
              .filter(candidate -> candidate.answered() > 0)
              .mapToDouble(Candidate::meanSeconds)
              .sorted()
              .toArray();
      return seconds.length == 0 ? 0 : seconds[(seconds.length - 1) / 2];
    }
  }
}
