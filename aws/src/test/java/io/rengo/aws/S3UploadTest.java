package io.rengo.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.core.ContentHash;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.Put;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.UploadContract;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class S3UploadTest extends UploadContract {
  private static final int PART = 5 << 20;

  private static ObjectStore store;
  private static ObjectStore inParts;

  @BeforeAll
  static void createBucket() {
    String bucket = S3Bucket.named();
    store = new S3ObjectStore(LocalStack.clients().s3(), bucket);
    inParts =
        new S3ObjectStore(() -> LocalStack.clients().s3(), () -> bucket, LedgerLock.NONE, PART);
  }

  private final String key = "upload/" + UUID.randomUUID();

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void an_upload_that_is_gone_is_named() {
    String id = store.openUpload(key);
    List<String> etags = List.of(store.uploadPart(key, id, 1, bytes(9)));
    store.completeUpload(key, id, etags);
    store.delete(key);

    assertThatThrownBy(() -> store.completeUpload(key, id, etags))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_MISSING));
    assertThatThrownBy(() -> store.uploadPart(key, id, 1, bytes(9)))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_MISSING));
  }

  @Test
  void what_is_larger_than_a_part_is_put_in_parts_and_known_by_their_hash() {
    ByteBuffer content = bytes(2 * PART + 3);

    assertThat(inParts.putOnce(key, content)).isEqualTo(Put.STORED);

    assertThat(inParts.head(key).orElseThrow().sha256()).contains(ContentHash.of(content, PART));
    assertThat(inParts.get(key).orElseThrow().content()).isEqualTo(content);
    assertThat(inParts.putOnce(key, bytes(3 * PART))).isEqualTo(Put.ALREADY_THERE);
    assertThat(inParts.get(key).orElseThrow().content()).isEqualTo(content);
  }

  @Test
  void parts_whose_hash_is_not_the_one_that_was_told_are_refused() {
    assertThatThrownBy(() -> inParts.putOnce(key, bytes(2 * PART), "00".repeat(32)))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_HASH));
    assertThat(store.head(key)).isEmpty();
  }

  @Test
  void parts_with_other_etags_are_refused() {
    String id = store.openUpload(key);
    store.uploadPart(key, id, 1, bytes(9));
    List<String> other = List.of("\"0123456789abcdef0123456789abcdef\"");

    assertThatThrownBy(() -> store.completeUpload(key, id, other))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
  }

  @Test
  void a_large_object_is_refused_like_a_small_one() {
    assertThat(store.putOnce(key, bytes(6 << 20))).isEqualTo(Put.STORED);
    assertThat(store.putOnce(key, bytes(7 << 20))).isEqualTo(Put.ALREADY_THERE);
    assertThat(store.get(key).orElseThrow().content().remaining()).isEqualTo(6 << 20);
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size);
  }
}
