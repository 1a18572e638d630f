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
  record Held(StoredRecord stored, Instant expires) {}

  private static final Comparator<RecordKey> ORDER =
      Comparator.comparing(RecordKey::partition).thenComparing(RecordKey::sort);

  private final ConcurrentNavigableMap<RecordKey, Held> records =
      new ConcurrentSkipListMap<>(ORDER);
  private final Lock committing = new ReentrantLock();
  private final InstantSource clock;
  private final Consumer<List<Change>> journal;

  public MemoryRecordStore(InstantSource clock) {
    this(clock, changes -> {});
  }

  /// @param journal is told of each commit whose conditions hold, before it is made
  MemoryRecordStore(InstantSource clock, Consumer<List<Change>> journal) {
    this.clock = clock;
    this.journal = journal;
  }

  @Override
  public Optional<StoredRecord> get(RecordKey key) {
    return held(key).map(Held::stored);
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
      boolean holds = changes.stream().allMatch(this::holds);
      if (holds) {
        journal.accept(changes);
        changes.forEach(this::make);
      }
      return holds;
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

  private boolean holds(Change change) {
    Optional<Held> held = held(change.key());
    return switch (change) {
      case Change.Create create -> held.isEmpty();
      case Change.Replace replace ->
          held.filter(h -> h.stored().version() == replace.version()).isPresent();
    };
  }

  /// Makes a change whose condition holds.
  void make(Change change) {
    switch (change) {
      case Change.Create create ->
          restore(
              new Held(
                  new StoredRecord(create.key(), 1, create.json()),
                  create.expires().orElse(Instant.MAX)));
      case Change.Replace replace ->
          records.computeIfPresent(
              replace.key(),
              (key, held) ->
                  new Held(
                      new StoredRecord(key, replace.version() + 1, replace.json()),
                      held.expires()));
    }
  }

  private Optional<Held> held(RecordKey key) {
    Held held = records.get(key);
    if (held == null || held.expires().isAfter(clock.instant())) {
      return Optional.ofNullable(held);
    }
    records.remove(key, held);
    return Optional.empty();
  }

  private static boolean isUnder(RecordKey key, String partition, String prefix) {
    return key.partition().equals(partition) && key.sort().startsWith(prefix);
  }

  /// The least key under the prefix; a sort key is never empty or blank.
  private static RecordKey first(String partition, String prefix) {
    return new RecordKey(partition, prefix.isBlank() ? prefix + "\0" : prefix);
  }
}
