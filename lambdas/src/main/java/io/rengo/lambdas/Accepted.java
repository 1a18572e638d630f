package io.rengo.lambdas;

import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectStore;
import java.util.Collection;
import java.util.List;

/// The updates that a closed round is made of, sorted by member.
record Accepted(List<AcceptedUpdate> updates) {
  static Accepted load(ObjectStore objects, String key) {
    return Json.read(Job.content(objects, key), Accepted.class, key);
  }

  Accepted without(Collection<String> members) {
    return new Accepted(
        updates.stream().filter(update -> !members.contains(update.member())).toList());
  }
}
