package io.rengo.lambdas;

import io.rengo.core.aggregation.FlTrust;
import io.rengo.core.aggregation.Rule;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The member that the server trusts, where a rule has one: an agent beside data of the server's
/// own, which trains in every round.
final class Root {
  private Root() {}

  static Optional<String> of(Rule rule) {
    return rule instanceof FlTrust(String member) ? Optional.of(member) : Optional.empty();
  }

  /// A cohort with the root in it.
  static List<String> in(Rule rule, List<String> cohort) {
    TreeSet<String> members = new TreeSet<>(cohort);
    of(rule).ifPresent(members::add);
    return List.copyOf(members);
  }
}
