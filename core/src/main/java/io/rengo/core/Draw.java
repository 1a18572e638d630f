package io.rengo.core;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// Drawing without replacement, each time in proportion to the weights of those still there. Done
/// as a race: each candidate arrives after an exponential time with its weight as the rate, and the
/// first ones are the sample (Efraimidis and Spirakis 2006, "Weighted random sampling with a
/// reservoir", algorithm A with the logarithm of its keys).
final class Draw {
  private Draw() {}

  private record Runner(String member, double arrival) {}

  /// @param weight above 0 for each candidate
  static List<String> weighted(
      List<Candidate> candidates,
      int size,
      ToDoubleFunction<Candidate> weight,
      RandomGenerator random) {
    if (size > candidates.size()) {
      throw new IllegalArgumentException(
          "a cohort of " + size + " out of " + candidates.size() + " candidates");
    }
    return sorted(candidates).stream()
        .map(each -> new Runner(each.member(), arrival(weight.applyAsDouble(each), random)))
        .sorted(Comparator.comparingDouble(Runner::arrival))
        .limit(size)
        .map(Runner::member)
        .sorted()
        .toList();
  }

  private static double arrival(double rate, RandomGenerator random) {
    return -StrictMath.log(1 - random.nextDouble()) / rate;
  }

  /// The candidates in the order of their names; throws where one is there twice.
  static List<Candidate> sorted(List<Candidate> candidates) {
    List<Candidate> sorted =
        candidates.stream().sorted(Comparator.comparing(Candidate::member)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).member().equals(sorted.get(i - 1).member())) {
        throw new IllegalArgumentException(
            "candidate " + sorted.get(i).member() + " appears twice");
      }
    }
    return sorted;
  }
}
