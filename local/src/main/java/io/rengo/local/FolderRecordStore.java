package io.rengo.local;

import io.rengo.protocol.RecordStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Records in memory with a journal in a folder, which one process owns at a time. A commit is one
/// line of the journal: a process that is killed leaves each commit whole or not at all. Nothing is
/// forced to the disk, so a power failure may lose the newest.
public final class FolderRecordStore implements RecordStore, AutoCloseable {
  private final Path folder;
  private final FolderLock owner;
  private final Journal journal;
  private final MemoryRecordStore records;

  /// @param folder it is made where it does not exist. Throws
  ///   [io.rengo.protocol.ErrorCode#CONFLICT] where another process uses it, and
  ///   [io.rengo.protocol.ErrorCode#DATA_INVALID] where the journal is damaged
  public FolderRecordStore(Path folder, InstantSource clock) {
    this.folder = folder;
    owner = Disk.at(folder, () -> FolderLock.take(folder));
    journal = new Journal(folder.resolve("records.jsonl"));
    records = new MemoryRecordStore(clock, made -> Disk.run(folder, () -> journal.append(made)));
    try {
      Disk.run(folder, this::recover);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void recover() throws IOException {
    journal.read().forEach(records::restore);
    journal.rewrite(records.all());
  }

  @Override
  public Optional<StoredRecord> get(RecordKey key) {
    return records.get(key);
  }

  @Override
  public List<StoredRecord> list(String partition, String prefix) {
    return records.list(partition, prefix);
  }

  @Override
  public boolean commit(List<Change> changes) {
    return records.commit(changes);
  }

  /// Frees the memory that the records of a partition take whose sort key begins with `prefix`. The
  /// journal keeps them: they are there again when the folder is opened the next time.
  public void forget(String partition, String prefix) {
    records.forget(partition, prefix);
  }

  /// Lets go of the folder.
  @Override
  public void close() {
    Disk.run(
        folder,
        () -> {
          journal.close();
          owner.close();
        });
  }
}
