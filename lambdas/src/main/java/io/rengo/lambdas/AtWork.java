package io.rengo.lambdas;

import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.RoundRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which members of a job with a buffer are at work, and on the task of which round: they are asked
/// again when they have answered, or when the time of their task is over.
record AtWork(Map<String, Since> members) {
  /// The task that a member works on.
  record Since(int round, Instant deadline) {}

  /// The members to ask in a round; the same whenever the step runs.
  static List<String> toAsk(
      Ports ports, Job job, int round, List<String> cohort, RoundRecord record, Instant deadline) {
    ObjectKeys keys = job.keys();
    Map<String, Since> members = new TreeMap<>(before(ports, keys, round).members());
    Set<String> answered = answered(ports, job.id(), round - 1);
    Set<String> now = answered(ports, job.id(), round);
    for (String member : cohort) {
      Optional<Since> since = Optional.ofNullable(members.get(member));
      boolean free =
          since
              .map(task -> answered.contains(member) || record.opened().isAfter(task.deadline()))
              .orElse(true);
      if (free && !now.contains(member)) {
        members.put(member, new Since(round, deadline));
      }
    }
    AtWork stored =
        Job.putOnce(ports.objects(), keys.tasked(round), new AtWork(members), AtWork.class);
    return cohort.stream()
        .filter(member -> stored.isAsked(member, round) && !now.contains(member))
        .toList();
  }

  private boolean isAsked(String member, int round) {
    return Optional.ofNullable(members.get(member))
        .filter(task -> task.round() == round)
        .isPresent();
  }

  private static AtWork before(Ports ports, ObjectKeys keys, int round) {
    String key = keys.tasked(round - 1);
    return ports
        .objects()
        .get(key)
        .map(object -> Json.read(object.content(), AtWork.class, key))
        .orElse(new AtWork(Map.of()));
  }

  /// The members with an answer that counted, or that was refused, while a round was open.
  private static Set<String> answered(Ports ports, String job, int round) {
    return Stream.of(RecordKeys.ACCEPTED, RecordKeys.REFUSED)
        .flatMap(prefix ->
            ports.records().list(RecordKeys.roundPartition(job, round), prefix).stream()
                .map(StoredRecord::key)
                .map(key -> key.sort().substring(prefix.length()).split("#", 2)[0]))
        .collect(Collectors.toSet());
  }
}
