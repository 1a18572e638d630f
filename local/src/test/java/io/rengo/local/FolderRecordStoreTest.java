package io.rengo.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RecordStore;
import io.rengo.protocol.RecordStore.Change.Create;
import io.rengo.protocol.RecordStore.Change.Replace;
import io.rengo.protocol.RecordStore.RecordKey;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.RecordStoreContract;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRecordStoreTest extends RecordStoreContract {
  private static final RecordKey A = new RecordKey("p", "a");
  private static final RecordKey B = new RecordKey("p", "b");

  @TempDir private Path folder;
  private FolderRecordStore store;

  @BeforeEach
  void open() {
    store = new FolderRecordStore(folder, InstantSource.system());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected RecordStore store() {
    return store;
  }

  @Test
  void records_outlive_the_store() {
    store.commit(List.of(new Create(A, "{\"n\":\"連\\n合\"}"), new Create(B, "1")));
    store.commit(List.of(new Replace(B, 1, "2")));
    store.close();

    open();

    assertThat(store.list("p", ""))
        .containsExactly(new StoredRecord(A, 1, "{\"n\":\"連\\n合\"}"), new StoredRecord(B, 2, "2"));
  }

  @Test
  void what_was_forgotten_is_there_when_the_folder_is_opened_again() {
    store.commit(List.of(new Create(A, "1"), new Create(B, "1")));

    store.forget("p", "a");

    assertThat(store.list("p", "")).containsExactly(new StoredRecord(B, 1, "1"));
    store.close();
    open();
    assertThat(store.list("p", "")).hasSize(2);
  }

  @Test
  void a_commit_that_was_cut_off_did_not_happen() throws IOException {
    store.commit(List.of(new Create(A, "1")));
    store.commit(List.of(new Replace(A, 1, "2"), new Create(B, "1")));
    store.close();
    String whole = Files.readString(journal());
    Files.writeString(journal(), whole.substring(0, whole.length() - 5));

    open();

    assertThat(store.get(A)).contains(new StoredRecord(A, 1, "1"));
    assertThat(store.get(B)).isEmpty();
    assertThat(store.commit(List.of(new Replace(A, 1, "3")))).isTrue();
    store.close();
    open();
    assertThat(store.get(A)).contains(new StoredRecord(A, 2, "3"));
  }

  @Test
  void opening_forgets_the_history() throws IOException {
    store.commit(List.of(new Create(A, "1")));
    for (int version = 1; version < 50; version++) {
      store.commit(List.of(new Replace(A, version, "1")));
    }
    store.close();

    open();

    assertThat(Files.readAllLines(journal())).hasSize(1);
    assertThat(store.get(A)).contains(new StoredRecord(A, 50, "1"));
  }

  @Test
  void a_damaged_line_is_named() throws IOException {
    store.close();
    Files.writeString(journal(), "[]\n{nonsense}\n[]\n", StandardOpenOption.APPEND);

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_INVALID))
        .hasMessageContaining("records.jsonl line 2");
  }

  @Test
  void a_folder_has_one_owner() {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
  }

  private Path journal() {
    return folder.resolve("records.jsonl");
  }
}
