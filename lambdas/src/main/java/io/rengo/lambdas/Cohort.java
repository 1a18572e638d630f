package io.rengo.lambdas;

import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectStore;
import java.util.List;

/// The members selected for a round, sorted by name.
record Cohort(List<String> members) {
  static Cohort load(ObjectStore objects, String key) {
    return Json.read(Job.content(objects, key), Cohort.class, key);
  }
}
