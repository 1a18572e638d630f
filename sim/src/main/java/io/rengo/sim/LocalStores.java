package io.rengo.sim;

import io.rengo.local.FolderObjectStore;
import io.rengo.local.FolderRecordStore;
import io.rengo.local.LocalKeys;
import io.rengo.local.MemoryObjectStore;
import io.rengo.local.MemoryRecordStore;
import io.rengo.protocol.Keys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.RecordStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The stores of a simulation: in memory, or in a folder that outlives the process.
///
/// @param forget frees the memory of the records of a partition under a prefix
record LocalStores(
    ObjectStore objects,
    RecordStore records,
    Keys keys,
    BiConsumer<String, String> forget,
    Runnable release)
    implements AutoCloseable {
  static LocalStores open(Optional<Path> folder, InstantSource clock, Consumer<ObjectInfo> stored) {
    if (folder.isEmpty()) {
      MemoryRecordStore records = new MemoryRecordStore(clock);
      return new LocalStores(
          new MemoryObjectStore(stored), records, LocalKeys.inMemory(), records::forget, () -> {});
    }
    FolderObjectStore objects = new FolderObjectStore(folder.get().resolve("objects"), stored);
    FolderRecordStore records = new FolderRecordStore(folder.get().resolve("records"), clock);
    return new LocalStores(
        objects,
        records,
        LocalKeys.inFile(folder.get().resolve("updates.key")),
        records::forget,
        () -> {
          records.close();
          objects.close();
        });
  }

  @Override
  public void close() {
    release.run();
  }
}
