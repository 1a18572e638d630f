package io.rengo.local;

import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.UploadContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FolderUploadTest extends UploadContract {
  @TempDir private Path folder;
  private FolderObjectStore store;

  @BeforeEach
  void open() {
    store = new FolderObjectStore(folder, info -> {});
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }
}
