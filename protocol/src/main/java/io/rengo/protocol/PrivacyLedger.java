package io.rengo.protocol;

import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.PldAccountant;
import io.rengo.core.privacy.SampledGaussian;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a federation's jobs have spent of their members' privacy: one record, so that two jobs
/// cannot both take the last of it. What stands here is spent, whether or not its round went well.
///
/// @param limit of the whole federation, if it has one
/// @param members limits of single members
/// @param jobs what each job has reserved
public record PrivacyLedger(
    Optional<Limit> limit, Map<String, Limit> members, Map<String, Spending> jobs) {
  /// The most that may be spent.
  public record Limit(double epsilon, double delta, Adjacency adjacency) {
    public Limit {
      if (!(epsilon > 0 && delta > 0 && delta < 1)) {
        throw new RengoException(
            ErrorCode.CONFIG_INVALID,
            "a limit of epsilon %s with delta %s cannot be".formatted(epsilon, delta),
            "privacy budget",
            "Give an epsilon above 0 and a delta between 0 and 1");
      }
    }
  }

  /// What a job has reserved.
  ///
  /// @param round the last round that is paid for
  public record Spending(List<SampledGaussian> releases, int round) {
    Spending plus(SampledGaussian cost, int paid) {
      List<SampledGaussian> after = new ArrayList<>(releases);
      for (int i = 0; i < after.size(); i++) {
        SampledGaussian same = after.get(i);
        if (same.times(1).equals(cost.times(1))) {
          after.set(i, same.times(same.steps() + cost.steps()));
          return new Spending(List.copyOf(after), paid);
        }
      }
      after.add(cost);
      return new Spending(List.copyOf(after), paid);
    }
  }

  /// Nothing spent, no limits.
  public static PrivacyLedger empty() {
    return new PrivacyLedger(Optional.empty(), Map.of(), Map.of());
  }

  /// The same with a round of a job paid for; as it is where that round is.
  public PrivacyLedger reserve(String job, int round, SampledGaussian cost) {
    Spending before = spending(job);
    if (before.round() >= round) {
      return this;
    }
    Map<String, Spending> after = new TreeMap<>(jobs);
    after.put(job, before.plus(cost, round));
    return new PrivacyLedger(limit, members, after);
  }

  /// What a job has reserved.
  public Spending spending(String job) {
    return jobs.getOrDefault(job, new Spending(List.of(), 0));
  }

  /// The same with another limit of the federation.
  public PrivacyLedger limited(Limit newLimit) {
    return new PrivacyLedger(Optional.of(newLimit), members, jobs);
  }

  /// The same with another limit of a member.
  public PrivacyLedger limited(String member, Limit newLimit) {
    Map<String, Limit> after = new TreeMap<>(members);
    after.put(Federation.requireMemberName(member), newLimit);
    return new PrivacyLedger(limit, after, jobs);
  }

  /// Epsilon of a job's rounds.
  public double epsilon(String job, double delta, Adjacency adjacency) {
    return new PldAccountant(adjacency).epsilon(spending(job).releases(), delta);
  }

  /// Epsilon of the rounds of several jobs together: what a member of all of them has spent.
  public double epsilon(List<String> names, Limit terms) {
    return new PldAccountant(terms.adjacency())
        .epsilon(
            names.stream().flatMap(name -> spending(name).releases().stream()).toList(),
            terms.delta());
  }
}
