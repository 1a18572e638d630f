package io.rengo.local;

import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.UploadContract;

class MemoryUploadTest extends UploadContract {
  private final ObjectStore store = new MemoryObjectStore();

  @Override
  protected ObjectStore store() {
    return store;
  }
}
