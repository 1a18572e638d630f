package io.rengo.local;

import io.rengo.protocol.RecordStore;
import io.rengo.protocol.RecordStoreContract;
import java.time.InstantSource;

class MemoryRecordStoreTest extends RecordStoreContract {
  private final RecordStore store = new MemoryRecordStore(InstantSource.system());

  @Override
  protected RecordStore store() {
    return store;
  }
}
