package io.rengo.lambdas;

import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.Counted;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RoundReport.Outcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads and writes which update of each member counted last.
final class Counting {
  private Counting() {}

  /// What was known before a round.
  static Counted before(Ports ports, Job job, int round) {
    String key = job.keys().counted(round - 1);
    return ports
        .objects()
        .get(key)
        .map(object -> Json.read(object.content(), Counted.class, key))
        .orElse(Counted.NONE);
  }

  /// Stores what is known after a round, for the next.
  static void record(
      Ports ports, Job job, int round, Outcome outcome, List<AcceptedUpdate> updates) {
    if (job.spec().membersKeepState()) {
      List<AcceptedUpdate> counted = outcome == Outcome.PUBLISHED ? updates : List.of();
      Map<String, Counted.Last> later =
          counted.stream().collect(Collectors.toMap(AcceptedUpdate::member, Counting::last));
      ports
          .objects()
          .putOnce(job.keys().counted(round), Json.bytes(before(ports, job, round).with(later)));
    }
  }

  private static Counted.Last last(AcceptedUpdate update) {
    return new Counted.Last(
        update.round(), update.payloadKey(), update.sealed(), update.dataOffset());
  }
}
