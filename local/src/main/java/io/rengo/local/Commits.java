package io.rengo.local;

import io.rengo.protocol.RecordStore;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.RecordKey;
import java.util.List;

/// The rules of a commit.
final class Commits {
  private Commits() {}

  static void check(List<Change> changes) {
    if (changes.isEmpty() || changes.size() > RecordStore.MAX_CHANGES) {
      throw new IllegalArgumentException(
          "a commit has 1 to %d changes, not %d"
              .formatted(RecordStore.MAX_CHANGES, changes.size()));
    }
    List<RecordKey> keys = changes.stream().map(Change::key).toList();
    if (keys.stream().distinct().count() < keys.size()) {
      throw new IllegalArgumentException("a commit changes a record once: " + keys);
    }
  }
}
