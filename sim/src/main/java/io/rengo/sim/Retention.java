package io.rengo.sim;

import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;

/// Removes what is no longer needed of rounds that are recorded: the members' payloads and the
/// folded shards. Manifests and reports stay. In a deployment the bucket's lifecycle does this.
record Retention(ObjectStore objects) {
  void roundIsRecorded(String job, int round) {
    ObjectKeys keys = new ObjectKeys(job);
    objects.list(keys.updates(round)).stream()
        .map(ObjectInfo::key)
        .filter(key -> key.endsWith(".safetensors"))
        .forEach(objects::delete);
    objects.list(keys.folds(round)).stream().map(ObjectInfo::key).forEach(objects::delete);
  }
}
