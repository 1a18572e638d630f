package io.rengo.local;

import io.rengo.protocol.RecordStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Records in memory. Reads take no lock; a record whose time is over counts as absent.
public final class MemoryRecordStore implements RecordStore {
  /// A record and the moment at which it ceases to be.
  record Held(StoredRecord stored, Instant expires) {
    Held with(String json) {
      return new Held(new StoredRecord(stored.key(), stored.version() + 1, json), expires);
    }
  }

  private static final Comparator<RecordKey> ORDER =
      Comparator.comparing(RecordKey::partition).thenComparing(RecordKey::sort);

  private final ConcurrentNavigableMap<RecordKey, Held> records =
      new ConcurrentSkipListMap<>(ORDER);
  private final Lock committing = new ReentrantLock();
  private final InstantSource clock;
  private final Consumer<List<Held>> journal;

  public MemoryRecordStore(InstantSource clock) {
    this(clock, made -> {});
  }

  /// @param journal is told of the records of each commit before anyone can read them
  MemoryRecordStore(InstantSource clock, Consumer<List<Held>> journal) {
    this.clock = clock;
    this.journal = journal;
  }

  @Override
  public Optional<StoredRecord> get(RecordKey key) {
    return held(key, clock.instant()).map(Held::stored);
  }

  @Override
  public List<StoredRecord> list(String partition, String prefix) {
    Instant now = clock.instant();
    return records.tailMap(first(partition, prefix), true).values().stream()
        .takeWhile(held -> isUnder(held.stored().key(), partition, prefix))
        .filter(held -> held.expires().isAfter(now))
        .map(Held::stored)
        .toList();
  }

  @Override
  public boolean commit(List<Change> changes) {
    Commits.check(changes);
    committing.lock();
    try {
      Instant now = clock.instant();
      List<Held> made = changes.stream().flatMap(change -> made(change, now).stream()).toList();
      if (made.size() < changes.size()) {
        return false;
      }
      journal.accept(made);
      made.forEach(this::restore);
      return true;
    } finally {
      committing.unlock();
    }
  }

  /// Removes the records of a partition whose sort key begins with `prefix`, as their time's end
  /// would.
  public void forget(String partition, String prefix) {
    committing.lock();
    try {
      list(partition, prefix).forEach(stored -> records.remove(stored.key()));
    } finally {
      committing.unlock();
    }
  }

  /// Puts a record without a condition: what was read back from a journal.
  void restore(Held held) {
    records.put(held.stored().key(), held);
  }

  /// Every record whose time is not over.
  List<Held> all() {
    Instant now = clock.instant();
    return records.values().stream().filter(held -> held.expires().isAfter(now)).toList();
  }

  /// The record that the change makes, or empty where its condition does not hold.
  private Optional<Held> made(Change change, Instant now) {
    Optional<Held> present = held(change.key(), now);
    return switch (change) {
      case Change.Create create ->
          present.isPresent()
              ? Optional.empty()
              : Optional.of(
                  new Held(
                      new StoredRecord(create.key(), 1, create.json()),
                      create.expires().orElse(Instant.MAX)));
      case Change.Replace replace ->
          present
              .filter(held -> held.stored().version() == replace.version())
              .map(held -> held.with(replace.json()));
    };
  }

  private Optional<Held> held(RecordKey key, Instant now) {
    return Optional.ofNullable(records.get(key)).filter(held -> held.expires().isAfter(now));
  }

  private static boolean isUnder(RecordKey key, String partition, String prefix) {
    return key.partition().equals(partition) && key.sort().startsWith(prefix);
  }

  /// The least key under the prefix; a sort key is never empty or blank.
  private static RecordKey first(String partition, String prefix) {
    return new RecordKey(partition, prefix.isBlank() ? prefix + "\0" : prefix);
  }
}
