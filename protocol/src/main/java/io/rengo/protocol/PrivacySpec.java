package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.rengo.core.CohortRule;
import io.rengo.core.aggregation.Mean;
import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.PldAccountant;
import io.rengo.core.privacy.SampledGaussian;
import io.rengo.core.privacy.TreeCost;
import io.rengo.core.privacy.TreeNoise;
import java.util.List;
import java.util.Optional;

/// What a job promises by differential privacy.
///
/// @param mechanism who adds the noise, and whose data it protects
/// @param epsilon the most that the job may spend
/// @param delta of the promise
/// @param adjacency what neighbouring data sets are
/// @param noiseMultiplier standard deviation of the noise over the clipping norm
/// @param clipNorm the largest L2 norm of one contribution; with a quantile, the first one
/// @param quantile of the norms that the clipping norm follows (Andrew et al. 2021)
/// @param amplification whether to claim amplification by Poisson sampling of the cohort
/// @param restart rounds of one tree, with the mechanism `tree`; without it those of a cycle
public record PrivacySpec(
    Mechanism mechanism,
    double epsilon,
    double delta,
    Adjacency adjacency,
    double noiseMultiplier,
    double clipNorm,
    Optional<Double> quantile,
    boolean amplification,
    Optional<Integer> restart) {
  /// Who adds the noise.
  public enum Mechanism {
    /// The server, once, to the sum of the members' clipped updates: protects members from all who
    /// see the model. McMahan et al. 2018.
    @JsonProperty("central")
    CENTRAL,
    /// The server, to the running sum of the members' clipped updates, with the noise of a tree of
    /// rounds: protects as `central` does, without sampling, where it is bounded how often a member
    /// takes part. DP-FTRL, Kairouz et al. 2021.
    @JsonProperty("tree")
    TREE,
    /// Each member, to its whole update: protects it from the server too.
    @JsonProperty("local")
    LOCAL,
    /// Each member, to the gradients of its training: protects each of its examples from the server
    /// too. Abadi et al. 2016.
    @JsonProperty("dp-sgd")
    DP_SGD;

    /// Whether the server adds noise.
    public boolean central() {
      return this == CENTRAL || this == TREE;
    }
  }

  public PrivacySpec {
    Check.positive(epsilon, "privacy.epsilon");
    Check.that(
        delta > 0 && delta < 1,
        delta + " is not between 0 and 1",
        "privacy.delta",
        "Give a number well below one over the number of members, as 1e-6");
    Check.positive(noiseMultiplier, "privacy.noise-multiplier");
    Check.positive(clipNorm, "privacy.clip-norm");
    quantile.ifPresent(value -> Check.inRange(value, 0, 1, "privacy.quantile"));
    refuseUnless(
        quantile.isEmpty() || mechanism == Mechanism.CENTRAL,
        "the clipping norm can follow a quantile where the server sees the norms, which it does not"
            + " with this mechanism",
        "privacy.quantile",
        "Leave it out, or use mechanism: central");
    refuseUnless(
        !amplification || mechanism == Mechanism.CENTRAL,
        "a cohort that the server draws does not amplify what members add their own noise to",
        "privacy.amplification",
        "Leave it out: with dp-sgd the batches are drawn by Poisson sampling and always count");
    refuseUnless(
        restart.isEmpty() || mechanism == Mechanism.TREE,
        "only the noise of a tree begins anew after some rounds",
        "privacy.restart",
        "Leave it out, or use mechanism: tree");
    restart.ifPresent(rounds -> Check.inRange(rounds, 1, TreeNoise.MOST_LEAVES, "privacy.restart"));
    refuseUnless(
        mechanism != Mechanism.LOCAL || adjacency == Adjacency.REPLACE,
        "the server sees that a member takes part; what noise hides is which update it sends",
        "privacy.adjacency",
        "Write adjacency: replace");
  }

  /// The rules that need the rest of the job file.
  void check(CohortRule cohort, JobSpec.Aggregation aggregation, JobSpec.Stop stop) {
    refuseUnless(
        stop.accuracy().isEmpty(),
        "the members' accuracies are not released, so the job cannot stop by them",
        "stop.accuracy",
        "Leave it out, and evaluate the model on public data");
    if (mechanism == Mechanism.TREE) {
      refuseUnless(
          cohort instanceof CohortRule.Turns || cohort instanceof CohortRule.All,
          "the noise of a tree covers members that take part as often as is known before, and this"
              + " cohort sets no bound to that",
          "cohort.rule",
          "Write cohort: {rule: turns, every: …}");
    }
    if (central()) {
      refuseUnless(
          !amplification || cohort instanceof CohortRule.PoissonSample,
          "amplification is proved for cohorts in which each member takes part by itself with the"
              + " same probability",
          "privacy.amplification",
          "Write cohort: {rule: poisson, rate: …}, or amplification: false");
      refuseUnless(
          !(cohort instanceof CohortRule.WeightedSample
              || cohort instanceof CohortRule.StragglerAware),
          "this cohort depends on what members sent before, which no noise covers",
          "cohort.rule",
          "Use poisson or all");
      refuseUnless(
          adjacency == Adjacency.REPLACE || !(cohort instanceof CohortRule.UniformSample),
          "one member more or less changes who else is in a cohort of fixed size, so the noise"
              + " would have to cover two",
          "cohort.rule",
          "Use poisson or all, or adjacency: replace");
      refuseUnless(
          aggregation.rule() instanceof Mean,
          "the sensitivity of this rule is not bounded by the clipping norm, so the noise would"
              + " not cover it",
          "aggregation.rule",
          "Use rule: {name: mean}; its updates are clipped");
      refuseUnless(
          aggregation.filter().excludesNothing() && !aggregation.scores(),
          "what is filtered out, and every score, tells of single members, which no noise covers",
          "aggregation",
          "Leave out filter and scores");
    }
  }

  /// The rules for a job that is to be started: what its file says, and how many members it has.
  ///
  /// @param seed that the file fixes, if it does
  public void checkStart(Optional<Long> seed, CohortRule cohort, int members) {
    refuseUnless(
        seed.isEmpty(),
        "what a fixed seed decides is known: cohorts and batches would hide nobody",
        "seed",
        "Leave the seed out: noise, cohorts and batches are drawn by the system's secure generator");
    refuseUnless(
        !central() || delta < 1.0 / members,
        "a delta of %s allows one of the %d members to be given away whole"
            .formatted(delta, members),
        "privacy.delta",
        "Give a delta well below %s, better a tenth of it".formatted(1.0 / members));
    if (mechanism != Mechanism.DP_SGD) {
      double least = new PldAccountant(adjacency).epsilon(List.of(round(cohort, 1)), delta);
      refuseUnless(
          least <= epsilon,
          "one round alone costs epsilon %.4f, more than the %s of the job"
              .formatted(least, epsilon),
          "privacy.noise-multiplier",
          "Raise it: `rengo privacy sigma` says how far");
    }
  }

  /// The rule for a member that is to hide each of so many examples.
  public void checkExamples(int examples) {
    refuseUnless(
        delta * examples < 1,
        "a delta of %s allows one of the member's %d examples to be given away whole"
            .formatted(delta, examples),
        "privacy.delta",
        "Give a delta well below one over the largest member's number of examples");
  }

  private static void refuseUnless(boolean holds, String what, String field, String mend) {
    if (!holds) {
      throw new RengoException(ErrorCode.PRIVACY_REFUSED, what, field, mend);
    }
  }

  /// What a round of the server's noise costs.
  ///
  /// @param round from 1
  public SampledGaussian round(CohortRule cohort, int round) {
    return mechanism == Mechanism.TREE
        ? tree(cohort).round(round, noiseMultiplier)
        : new SampledGaussian(samplingRate(cohort), noiseMultiplier, 1);
  }

  /// Probability with which a member takes part, where amplification is claimed; 1 otherwise.
  public double samplingRate(CohortRule cohort) {
    return amplification && cohort instanceof CohortRule.PoissonSample(double probability)
        ? probability
        : 1;
  }

  /// The rounds' trees, with the mechanism `tree`.
  public TreeCost tree(CohortRule cohort) {
    int every = cohort instanceof CohortRule.Turns(int rounds) ? rounds : 1;
    return new TreeCost(every, restart.orElse(every));
  }

  /// Whether the server adds noise.
  public boolean central() {
    return mechanism.central();
  }
}
