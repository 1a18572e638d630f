package io.rengo.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.ObjectStoreContract;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest extends ObjectStoreContract {
  @TempDir private Path folder;
  private final List<ObjectInfo> heard = new ArrayList<>();
  private FolderObjectStore store;

  @BeforeEach
  void open() {
    store = new FolderObjectStore(folder, heard::add);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void objects_and_their_versions_outlive_the_store() {
    store.putOnce("a/b", bytes("hello"));
    String etag = store.head("a/b").orElseThrow().etag();
    store.close();

    open();

    assertThat(store.get("a/b").orElseThrow().content()).isEqualTo(bytes("hello"));
    assertThat(store.compareAndSwap("a/b", store.head("a/b").map(ObjectInfo::etag), bytes("x")))
        .isTrue();
    assertThat(store.head("a/b").orElseThrow().etag()).isNotEqualTo(etag);
  }

  @Test
  void an_upload_goes_on_after_the_store_was_opened_again() {
    String id = store.openUpload("model");
    String part = store.uploadPart("model", id, 1, bytes("hello"));
    store.close();

    open();
    store.completeUpload("model", id, List.of(part));

    assertThat(store.get("model").orElseThrow().content()).isEqualTo(bytes("hello"));
  }

  @Test
  void what_a_killed_process_left_half_written_is_not_seen() throws IOException {
    store.close();
    Files.writeString(folder.resolve(".tmp/17"), "hal");

    open();

    assertThat(store.list("")).isEmpty();
    assertThat(folder.resolve(".tmp")).isEmptyDirectory();
  }

  @Test
  void a_folder_has_one_owner() {
    assertThatThrownBy(() -> new FolderObjectStore(folder, heard::add))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
        .hasMessageContaining("in use by")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void a_key_does_not_leave_the_folder() {
    List<String> keys =
        List.of("../up", "..", ".", "a/../../b", "/root", ".tmp/1", ".lock", "a//b", "a/", "%", "");
    for (String key : keys) {
      store.putOnce(key, bytes(key));
    }

    assertThat(store.list(""))
        .extracting(ObjectInfo::key)
        .containsExactlyInAnyOrderElementsOf(keys);
    for (String key : keys) {
      assertThat(FolderKeys.path(folder, key).normalize()).startsWith(folder);
      assertThat(store.get(key).orElseThrow().content()).isEqualTo(bytes(key));
    }
    assertThat(folder.resolveSibling("up")).doesNotExist();
  }

  @Test
  void a_model_keeps_its_name_as_a_file() {
    store.putOnce("jobs/digits/models/3.safetensors", bytes("hello"));

    assertThat(folder.resolve("jobs/digits/models/3.safetensors")).hasContent("hello");
  }

  @Test
  void names_that_differ_only_by_the_suffix_are_different_objects() {
    List<String> keys = List.of("a", "a.object", "a%2Eobject", "a.object.object");
    for (String key : keys) {
      store.putOnce(key, bytes(key));
    }

    assertThat(store.list(""))
        .extracting(ObjectInfo::key)
        .containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void the_listener_hears_of_each_object_once() {
    store.putOnce("a", bytes("abc"));
    store.putOnce("a", bytes("abcd"));
    String id = store.openUpload("b");
    List<String> parts = List.of(store.uploadPart("b", id, 1, bytes("abcde")));
    store.completeUpload("b", id, parts);
    store.completeUpload("b", id, parts);

    assertThat(heard).extracting(ObjectInfo::key).containsExactly("a", "b");
    assertThat(heard).extracting(ObjectInfo::size).containsExactly(3L, 5L);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
