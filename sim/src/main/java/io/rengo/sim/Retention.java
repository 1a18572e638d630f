package io.rengo.sim;

import io.rengo.protocol.Counted;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Removes what is no longer needed of rounds that are recorded: the members' payloads (but the
/// last that counted of each, where the server goes back to it) and the folded shards. Manifests
/// and reports stay. In a deployment the bucket's lifecycle does this.
///
/// @param kept the newest rounds that stay whole: 1 where the process may be killed and another one
///   goes on, 0 in memory
record Retention(ObjectStore objects, int kept) {
  void roundIsRecorded(String job, int round) {
    ObjectKeys keys = new ObjectKeys(job);
    Set<String> needed = counted(keys, round);
    remove(keys, round - kept, needed);
    remove(keys, round - kept - 1, needed);
    Set<String> replaced = new HashSet<>(counted(keys, round - 1));
    replaced.removeAll(needed);
    replaced.forEach(objects::delete);
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

  /// Also of the round before: its late updates may have come after it was recorded.
  private void remove(ObjectKeys keys, int round, Set<String> needed) {
    if (round < 1) {
      return;
    }
    objects.list(keys.updates(round)).stream()
        .map(ObjectInfo::key)
        .filter(key -> key.endsWith(".safetensors") && !needed.contains(key))
        .forEach(objects::delete);
    objects.list(keys.folds(round)).stream().map(ObjectInfo::key).forEach(objects::delete);
  }
}
