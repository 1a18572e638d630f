package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.ObjectStore.Put;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every [ObjectStore] does with objects that come in parts.
public abstract class UploadContract {
  private static final int PART = 5 << 20;

  private final String key = "contract/" + UUID.randomUUID() + "/model";

  /// A store to write into; the tests of a class may share it.
  protected abstract ObjectStore store();

  @Test
  void the_parts_become_one_object_in_the_order_of_their_numbers() {
    String id = store().openUpload(key);
    String second = store().uploadPart(key, id, 2, filled(PART, 2));
    String third = store().uploadPart(key, id, 3, filled(7, 3));
    String first = store().uploadPart(key, id, 1, filled(PART, 1));

    assertThat(store().completeUpload(key, id, List.of(first, second, third)))
        .isEqualTo(Put.STORED);

    assertThat(store().head(key)).map(ObjectInfo::size).contains(2L * PART + 7);
    assertThat(store().range(key, PART - 1, 2)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(store().range(key, 2 * PART - 1, 100)).isEqualTo(withFirst(filled(8, 3), 2));
  }

  @Test
  void nothing_is_visible_before_the_upload_is_complete() {
    String id = store().openUpload(key);
    store().uploadPart(key, id, 1, filled(PART, 1));

    assertThat(store().head(key)).isEmpty();
    assertThat(store().list(key)).isEmpty();
  }

  @Test
  void a_part_may_be_uploaded_again_and_the_last_one_counts() {
    String id = store().openUpload(key);
    store().uploadPart(key, id, 1, filled(9, 1));
    String again = store().uploadPart(key, id, 1, filled(9, 2));

    store().completeUpload(key, id, List.of(again));

    assertThat(store().range(key, 0, 9)).isEqualTo(filled(9, 2));
  }

  @Test
  void the_parts_that_are_there_are_told_in_the_order_of_their_numbers() {
    String id = store().openUpload(key);
    assertThat(store().uploadedParts(key, id)).isEmpty();
    String second = store().uploadPart(key, id, 2, filled(9, 2));
    store().uploadPart(key, id, 1, filled(PART, 3));
    String first = store().uploadPart(key, id, 1, filled(PART, 1));

    assertThat(store().uploadedParts(key, id)).containsExactly(first, second);
  }

  @Test
  void parts_of_an_upload_that_is_complete_are_not_told() {
    String id = store().openUpload(key);
    store().completeUpload(key, id, List.of(store().uploadPart(key, id, 1, filled(9, 1))));

    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> store().uploadedParts(key, id))
        .matches(e -> e.code() == ErrorCode.OBJECT_MISSING);
  }

  @Test
  void completing_twice_stores_once() {
    String id = store().openUpload(key);
    List<String> etags = List.of(store().uploadPart(key, id, 1, filled(9, 1)));

    assertThat(store().completeUpload(key, id, etags)).isEqualTo(Put.STORED);
    assertThat(store().completeUpload(key, id, etags)).isEqualTo(Put.ALREADY_THERE);
  }

  @Test
  void an_upload_does_not_replace_an_object() {
    String id = store().openUpload(key);
    List<String> etags = List.of(store().uploadPart(key, id, 1, filled(9, 1)));
    store().putOnce(key, filled(3, 3));

    assertThat(store().completeUpload(key, id, etags)).isEqualTo(Put.ALREADY_THERE);

    assertThat(store().get(key).orElseThrow().content()).isEqualTo(filled(3, 3));
  }

  @Test
  void of_two_uploads_to_one_key_the_first_completed_counts() {
    String slow = store().openUpload(key);
    String fast = store().openUpload(key);
    List<String> slowParts = List.of(store().uploadPart(key, slow, 1, filled(9, 1)));
    List<String> fastParts = List.of(store().uploadPart(key, fast, 1, filled(9, 2)));

    assertThat(store().completeUpload(key, fast, fastParts)).isEqualTo(Put.STORED);
    assertThat(store().completeUpload(key, slow, slowParts)).isEqualTo(Put.ALREADY_THERE);

    assertThat(store().get(key).orElseThrow().content()).isEqualTo(filled(9, 2));
  }

  @Test
  void parts_may_be_uploaded_at_the_same_time() {
    String id = store().openUpload(key);
    List<String> etags = Together.run(3, i -> store().uploadPart(key, id, i + 1, filled(PART, i)));

    store().completeUpload(key, id, etags);

    assertThat(store().range(key, PART, 1).get()).isEqualTo((byte) 1);
    assertThat(store().range(key, 2L * PART, 1).get()).isEqualTo((byte) 2);
  }

  private static ByteBuffer filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return ByteBuffer.wrap(bytes);
  }

  private static ByteBuffer withFirst(ByteBuffer buffer, int value) {
    return buffer.put(0, (byte) value);
  }
}
