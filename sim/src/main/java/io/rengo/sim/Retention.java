package io.rengo.sim;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.Counted;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RoundReport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Removes what is no longer needed of rounds that are recorded: the members' payloads (but the
/// last that counted of each, where the server goes back to it), the measured and folded shards,
/// and the records of updates that counted. Manifests and reports stay. In a deployment the
/// bucket's lifecycle and the table's time to live do this.
///
/// @param forget frees the memory of the records of a partition under a prefix
/// @param kept the newest rounds that stay whole: 1 where the process may be killed and another one
///   goes on, 0 in memory
record Retention(ObjectStore objects, BiConsumer<String, String> forget, int kept) {
  void roundIsRecorded(String job, int round) {
    ObjectKeys keys = new ObjectKeys(job);
    Set<String> needed = counted(keys, round);
    remove(keys, round - kept, needed);
    remove(keys, round - kept - 1, needed);
    forgetMemories(keys, round - kept);
    int last = round - kept - 1;
    if (last > 0 && isByItself(keys, last)) {
      forget.accept(RecordKeys.roundPartition(job, last), RecordKeys.ACCEPTED);
    }
    Set<String> replaced = new HashSet<>(counted(keys, round - 1));
    replaced.removeAll(needed);
    replaced.forEach(objects::delete);
  }

  /// What a rule remembers of rounds before the last one that published a model.
  private void forgetMemories(ObjectKeys keys, int round) {
    if (round < 2 || objects.list(keys.memories(round)).isEmpty() || !isPublished(keys, round)) {
      return;
    }
    for (int past = round - 1; past > 0; past--) {
      List<ObjectInfo> memories = objects.list(keys.memories(past));
      memories.stream().map(ObjectInfo::key).forEach(objects::delete);
      if (!memories.isEmpty()) {
        return;
      }
    }
  }

  private boolean isPublished(ObjectKeys keys, int round) {
    String report = keys.report(round);
    return objects
        .get(report)
        .map(object -> Json.read(object.content(), RoundReport.class, report).outcome())
        .filter(RoundReport.Outcome.PUBLISHED::equals)
        .isPresent();
  }

  private Set<String> counted(ObjectKeys keys, int round) {
    String key = keys.counted(round);
    return objects
        .get(key)
        .map(object -> Json.read(object.content(), Counted.class, key))
        .orElse(Counted.NONE)
        .last()
        .values()
        .stream()
        .map(Counted.Last::key)
        .collect(Collectors.toSet());
  }

  /// The payloads that nothing needs after a round: those of its members, or, where updates count
  /// in later rounds than they were asked for in, those that counted in it.
  private Stream<String> payloads(ObjectKeys keys, int round) {
    String accepted = keys.accepted(round);
    if (isByItself(keys, round)) {
      return objects.list(keys.updates(round)).stream()
          .map(ObjectInfo::key)
          .filter(key -> key.endsWith(".safetensors"));
    }
    return objects.get(accepted).stream()
        .map(object -> Json.read(object.content(), JsonNode.class, accepted))
        .flatMap(closed -> closed.path("updates").valueStream())
        .map(update -> update.path("payloadKey").asText())
        .filter(key -> !key.isEmpty());
  }

  /// Whether updates count in no other round than the one they were asked for in.
  private boolean isByItself(ObjectKeys keys, int round) {
    return objects.head(keys.tasked(round)).isEmpty();
  }

  /// Also of the round before: its late updates may have come after it was recorded.
  private void remove(ObjectKeys keys, int round, Set<String> needed) {
    if (round < 1) {
      return;
    }
    payloads(keys, round).filter(key -> !needed.contains(key)).forEach(objects::delete);
    objects.list(keys.folds(round)).stream().map(ObjectInfo::key).forEach(objects::delete);
    objects.delete(keys.regionMean(round));
    objects.list(keys.measures(round)).stream().map(ObjectInfo::key).forEach(objects::delete);
  }
}
