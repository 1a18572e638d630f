package io.rengo.lambdas;

import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RoundReport.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The last round of each member whose update is in a published model. It is kept for jobs whose
/// members keep a state from one update to the next: they go on from the one that counted.
record Counted(Map<String, Integer> rounds) {
  private static final Counted NONE = new Counted(Map.of());

  /// What was known before a round.
  static Counted before(Ports ports, Job job, int round) {
    String key = job.keys().counted(round - 1);
    return ports
        .objects()
        .get(key)
        .map(object -> Json.read(object.content(), Counted.class, key))
        .orElse(NONE);
  }

  /// The round of a member, 0 for none.
  int round(String member) {
    return Optional.ofNullable(rounds.get(member)).orElse(0);
  }

  /// Stores what is known after a round, for the tasks of the next.
  static void record(
      Ports ports, Job job, int round, Outcome outcome, List<AcceptedUpdate> updates) {
    if (job.spec().membersKeepState()) {
      Map<String, Integer> rounds = new TreeMap<>(before(ports, job, round).rounds());
      if (outcome == Outcome.PUBLISHED) {
        updates.forEach(update -> rounds.put(update.member(), round));
      }
      ports.objects().putOnce(job.keys().counted(round), Json.bytes(new Counted(rounds)));
    }
  }
}
