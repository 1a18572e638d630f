package io.rengo.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Small JSON records with versions, as items of an Amazon DynamoDB table. Changes are conditional
/// and several of them happen together or not at all; that is the only way to write.
public interface RecordStore {
  /// Where a record is: records of one partition are listed together, in the order of `sort`.
  record RecordKey(String partition, String sort) {
    public RecordKey {
      if (partition.isBlank() || sort.isBlank()) {
        throw new IllegalArgumentException("blank record key");
      }
    }
  }

  /// A record: its version is 1 when it is created and one more with each change.
  record StoredRecord(RecordKey key, long version, String json) {}

  /// One change of a commit.
  sealed interface Change {
    RecordKey key();

    /// There is no record under this key; now there is, until `expires` where one is given. A
    /// record whose time is over counts as absent, for reads and for conditions.
    record Create(RecordKey key, String json, Optional<Instant> expires) implements Change {
      public Create(RecordKey key, String json) {
        this(key, json, Optional.empty());
      }
    }

    /// The record has this version; it gets a new content and the next version.
    record Replace(RecordKey key, long version, String json) implements Change {}
  }

  /// The most changes in one commit.
  int MAX_CHANGES = 100;

  /// The record, or empty; the read sees every commit that returned before it began.
  Optional<StoredRecord> get(RecordKey key);

  /// The records of a partition whose sort key begins with `prefix`, in the order of the keys.
  List<StoredRecord> list(String partition, String prefix);

  /// Makes all the changes, each to another key, if every one's condition holds; otherwise makes
  /// none and returns false. Takes 1 to [#MAX_CHANGES] changes.
  boolean commit(List<Change> changes);
}
