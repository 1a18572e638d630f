package io.rengo.lambdas;

import io.rengo.core.Candidate;
import io.rengo.core.CohortRule;
import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the past rounds of a job say of its members, sorted by name. It is kept for the rules that
/// look at it.
record History(List<Candidate> candidates) {
  /// What was known before a round.
  static History before(Ports ports, Job job, int round) {
    History none =
        new History(
            job.members().stream().map(member -> new Candidate(member, 0, 0, 0, 0)).toList());
    String key = job.keys().history(round - 1);
    return ports
        .objects()
        .get(key)
        .map(object -> Json.read(object.content(), History.class, key))
        .orElse(none);
  }

  /// Stores what is known after a round, for the next one's selection.
  static void record(
      Ports ports, Job job, int round, Set<String> cohort, List<AcceptedUpdate> accepted) {
    boolean kept =
        switch (job.spec().cohort()) {
          case CohortRule.WeightedSample rule -> true;
          case CohortRule.StragglerAware rule -> true;
          case CohortRule.All rule -> false;
          case CohortRule.UniformSample rule -> false;
          case CohortRule.PoissonSample rule -> false;
          case CohortRule.Turns rule -> false;
        };
    if (kept) {
      Map<String, AcceptedUpdate> updates =
          accepted.stream().collect(Collectors.toMap(AcceptedUpdate::member, Function.identity()));
      List<Candidate> after =
          before(ports, job, round).candidates().stream()
              .map(candidate ->
                  cohort.contains(candidate.member())
                      ? after(candidate, updates.get(candidate.member()))
                      : candidate)
              .toList();
      ports.objects().putOnce(job.keys().history(round), Json.bytes(new History(after)));
    }
  }

  private static Candidate after(Candidate before, @Nullable AcceptedUpdate update) {
    if (update == null) {
      return new Candidate(
          before.member(),
          before.examples(),
          before.selected() + 1,
          before.answered(),
          before.meanSeconds());
    }
    int answered = before.answered() + 1;
    return new Candidate(
        before.member(),
        update.examples(),
        before.selected() + 1,
        answered,
        before.meanSeconds() + (update.seconds() - before.meanSeconds()) / answered);
  }
}
