package io.rengo.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.ObjectStore.Put;
import io.rengo.protocol.ObjectStore.StoredObject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [ObjectStore] does with objects that are put in one piece. Objects that come in
/// parts: [UploadContract].
public abstract class ObjectStoreContract {
  private final String folder = "contract/" + UUID.randomUUID() + "/";

  /// A store to write into; the tests of a class may share it.
  protected abstract ObjectStore store();

  @Test
  void an_object_is_read_back_as_it_was_put() {
    assertThat(store().putOnce(key("a"), bytes("hello"))).isEqualTo(Put.STORED);

    assertThat(text(store().get(key("a")))).contains("hello");
  }

  @Test
  void an_absent_object_is_empty_and_has_no_range() {
    assertThat(store().get(key("absent"))).isEmpty();
    assertThat(store().head(key("absent"))).isEmpty();
    assertThatThrownBy(() -> store().range(key("absent"), 0, 1))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_MISSING));
  }

  @Test
  void the_second_put_changes_nothing() {
    store().putOnce(key("a"), bytes("first"));

    assertThat(store().putOnce(key("a"), bytes("second"))).isEqualTo(Put.ALREADY_THERE);

    assertThat(text(store().get(key("a")))).contains("first");
  }

  @Test
  void of_many_puts_at_once_one_is_stored() {
    List<Put> results = Together.run(8, i -> store().putOnce(key("race"), bytes("content " + i)));

    assertThat(results).containsOnlyOnce(Put.STORED).contains(Put.ALREADY_THERE);
  }

  @Test
  void an_empty_object_is_an_object() {
    store().putOnce(key("empty"), ByteBuffer.allocate(0));

    assertThat(text(store().get(key("empty")))).contains("");
    assertThat(store().head(key("empty"))).map(ObjectInfo::size).contains(0L);
  }

  @Test
  void the_head_tells_size_version_and_hash() {
    store().putOnce(key("a"), bytes("hello"));

    ObjectInfo info = store().head(key("a")).orElseThrow();

    assertThat(info.key()).isEqualTo(key("a"));
    assertThat(info.size()).isEqualTo(5);
    assertThat(info.etag()).isEqualTo(store().get(key("a")).orElseThrow().etag());
    assertThat(info.sha256())
        .contains("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  }

  @Test
  void a_large_object_is_read_back_whole() {
    byte[] large = new byte[(35 << 20) + 3];
    new SplittableRandom(1).nextBytes(large);
    store().putOnce(key("large"), ByteBuffer.wrap(large));

    StoredObject read = store().get(key("large")).orElseThrow();

    assertThat(read.content()).isEqualTo(ByteBuffer.wrap(large));
    assertThat(read.etag()).isEqualTo(store().head(key("large")).orElseThrow().etag());
  }

  @Test
  void an_object_may_be_put_with_its_hash() {
    String hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    assertThat(store().putOnce(key("hashed"), bytes("hello"), hash)).isEqualTo(Put.STORED);
    assertThat(store().putOnce(key("hashed"), bytes("hello"), hash)).isEqualTo(Put.ALREADY_THERE);

    assertThat(text(store().get(key("hashed")))).contains("hello");
    assertThat(store().head(key("hashed")).orElseThrow().sha256()).contains(hash);
  }

  @Test
  void the_given_buffer_stays_as_it_was_and_is_not_kept() {
    byte[] array = "xxhelloxx".getBytes(UTF_8);
    ByteBuffer given = ByteBuffer.wrap(array, 2, 5);

    store().putOnce(key("a"), given);
    assertThat(given.position()).isEqualTo(2);
    assertThat(given.limit()).isEqualTo(7);
    array[2] = 'j';

    assertThat(text(store().get(key("a")))).contains("hello");
  }

  @Test
  void a_direct_read_only_buffer_can_be_put() {
    ByteBuffer direct = ByteBuffer.allocateDirect(5).put(bytes("hello")).flip();

    store().putOnce(key("a"), direct.asReadOnlyBuffer());

    assertThat(text(store().get(key("a")))).contains("hello");
  }

  @Test
  void a_returned_buffer_is_read_only_from_position_0() {
    store().putOnce(key("a"), bytes("hello"));

    ByteBuffer whole = store().get(key("a")).orElseThrow().content();
    ByteBuffer range = store().range(key("a"), 1, 3);

    assertThat(whole.isReadOnly()).isTrue();
    assertThat(whole.position()).isZero();
    assertThat(range.isReadOnly()).isTrue();
    assertThat(range.position()).isZero();
    assertThat(range.remaining()).isEqualTo(3);
  }

  @Test
  void a_range_ends_where_the_object_ends() {
    store().putOnce(key("a"), bytes("0123456789"));

    assertThat(text(store().range(key("a"), 2, 3))).isEqualTo("234");
    assertThat(text(store().range(key("a"), 7, 100))).isEqualTo("789");
    assertThat(text(store().range(key("a"), 10, 5))).isEmpty();
    assertThat(text(store().range(key("a"), 4, 0))).isEmpty();
  }

  @Test
  void a_swap_needs_the_version_that_was_seen() {
    assertThat(swap(Optional.empty(), "one")).isTrue();
    String first = store().get(key("latest")).orElseThrow().etag();

    assertThat(swap(Optional.empty(), "two")).as("the object is there").isFalse();
    assertThat(swap(Optional.of(first), "two")).isTrue();
    assertThat(swap(Optional.of(first), "three")).as("the version is old").isFalse();

    assertThat(text(store().get(key("latest")))).contains("two");
  }

  @Test
  void a_swap_of_an_absent_object_does_nothing() {
    store().putOnce(key("other"), bytes("x"));
    String etag = store().head(key("other")).orElseThrow().etag();

    assertThat(swap(Optional.of(etag), "one")).isFalse();

    assertThat(store().get(key("latest"))).isEmpty();
  }

  @Test
  void of_many_swaps_against_one_version_one_happens() {
    swap(Optional.empty(), "0");
    Optional<String> seen = store().head(key("latest")).map(ObjectInfo::etag);

    List<Boolean> swapped = Together.run(8, i -> swap(seen, "version " + i));

    assertThat(swapped).containsOnlyOnce(true);
  }

  @Test
  void a_listing_is_in_the_order_of_the_keys() {
    for (String name : List.of("b", "a/b", "a", "a-b", "c/d")) {
      store().putOnce(key("list/" + name), bytes(name));
    }

    assertThat(store().list(key("list/")))
        .extracting(ObjectInfo::key)
        .containsExactly(
            key("list/a"), key("list/a-b"), key("list/a/b"), key("list/b"), key("list/c/d"));
    assertThat(store().list(key("list/a"))).hasSize(3);
    assertThat(store().list(key("list/a/"))).extracting(ObjectInfo::size).containsExactly(3L);
    assertThat(store().list(key("list/e"))).isEmpty();
  }

  @Test
  void a_listing_tells_what_the_head_tells() {
    store().putOnce(key("list/a"), bytes("hello"));
    ObjectInfo head = store().head(key("list/a")).orElseThrow();

    ObjectInfo listed = store().list(key("list/")).getFirst();

    assertThat(listed.size()).isEqualTo(head.size());
    assertThat(listed.etag()).isEqualTo(head.etag());
    listed.sha256().ifPresent(hash -> assertThat(head.sha256()).contains(hash));
  }

  @Test
  void a_listing_of_more_than_a_thousand_objects_is_whole() {
    List<String> keys =
        IntStream.range(0, 1_001).mapToObj(i -> key("many/%04d".formatted(i))).toList();
    Together.run(keys.size(), i -> store().putOnce(keys.get(i), bytes("x")));

    assertThat(store().list(key("many/"))).extracting(ObjectInfo::key).isEqualTo(keys);
  }

  @Test
  void a_key_may_hold_any_printable_character() {
    String name = "a b+c=d&e?f#g%2Fh'i\"j(k)é/漢字.json";

    store().putOnce(key(name), bytes("hello"));

    assertThat(text(store().get(key(name)))).contains("hello");
    assertThat(store().list(key("a b"))).extracting(ObjectInfo::key).containsExactly(key(name));
  }

  @Test
  void a_deleted_object_is_gone_and_may_be_put_again() {
    store().putOnce(key("a"), bytes("first"));

    store().delete(key("a"));
    store().delete(key("a"));

    assertThat(store().get(key("a"))).isEmpty();
    assertThat(store().putOnce(key("a"), bytes("second"))).isEqualTo(Put.STORED);
  }

  private String key(String name) {
    return folder + name;
  }

  private boolean swap(Optional<String> etag, String content) {
    return store().compareAndSwap(key("latest"), etag, bytes(content));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static Optional<String> text(Optional<StoredObject> stored) {
    return stored.map(object -> text(object.content()));
  }

  private static String text(ByteBuffer content) {
    return UTF_8.decode(content).toString();
  }
}
