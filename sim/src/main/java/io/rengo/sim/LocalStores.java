package io.rengo.sim;

import io.rengo.local.FolderObjectStore;
import io.rengo.local.FolderRecordStore;
import io.rengo.local.MemoryObjectStore;
import io.rengo.local.MemoryRecordStore;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.RecordStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// The stores of a simulation: in memory, or in a folder that outlives the process.
record LocalStores(ObjectStore objects, RecordStore records, Runnable release)
    implements AutoCloseable {
  static LocalStores open(Optional<Path> folder, InstantSource clock, Consumer<ObjectInfo> stored) {
    if (folder.isEmpty()) {
      return new LocalStores(new MemoryObjectStore(stored), new MemoryRecordStore(clock), () -> {});
    }
    FolderObjectStore objects = new FolderObjectStore(folder.get().resolve("objects"), stored);
    FolderRecordStore records = new FolderRecordStore(folder.get().resolve("records"), clock);
    return new LocalStores(
        objects,
        records,
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
