package io.rengo.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.ObjectStoreContract;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryObjectStoreTest extends ObjectStoreContract {
  private final List<ObjectInfo> heard = new ArrayList<>();
  private final ObjectStore store = new MemoryObjectStore();

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void the_listener_hears_of_each_object_once() {
    ObjectStore told = new MemoryObjectStore(heard::add);

    told.putOnce("a", ByteBuffer.allocate(3));
    told.putOnce("a", ByteBuffer.allocate(4));
    String id = told.openUpload("b");
    String part = told.uploadPart("b", id, 1, ByteBuffer.allocate(5));
    told.completeUpload("b", id, List.of(part));
    told.completeUpload("b", id, List.of(part));
    told.compareAndSwap("a", told.head("a").map(ObjectInfo::etag), ByteBuffer.allocate(6));
    told.compareAndSwap("a", Optional.of("old"), ByteBuffer.allocate(7));

    assertThat(heard).extracting(ObjectInfo::key).containsExactly("a", "b", "a");
    assertThat(heard).extracting(ObjectInfo::size).containsExactly(3L, 5L, 6L);
  }
}
