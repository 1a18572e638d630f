package io.rengo.sim;

import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;

/// Removes what is no longer needed of rounds that are recorded: the members' payloads and the
/// folded shards. Manifests and reports stay. In a deployment the bucket's lifecycle does this.
///
/// @param kept the newest rounds that stay whole: 1 where the process may be killed and another one
///   goes on, 0 in memory
record Retention(ObjectStore objects, int kept) {
  void roundIsRecorded(String job, int round) {
    ObjectKeys keys = new ObjectKeys(job);
    remove(keys, round - kept);
    remove(keys, round - kept - 1);
  }

  /// Also of the round before: its late updates may have come after it was recorded.
  private void remove(ObjectKeys keys, int round) {
    if (round < 1) {
      return;
    }
    objects.list(keys.updates(round)).stream()
        .map(ObjectInfo::key)
        .filter(key -> key.endsWith(".safetensors"))
        .forEach(objects::delete);
    objects.list(keys.folds(round)).stream().map(ObjectInfo::key).forEach(objects::delete);
  }
}
