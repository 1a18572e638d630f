package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.Change.Create;
import io.rengo.protocol.RecordStore.Change.Replace;
import io.rengo.protocol.RecordStore.RecordKey;
import io.rengo.protocol.RecordStore.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [RecordStore] does.
public abstract class RecordStoreContract {
  private final String partition = "contract-" + UUID.randomUUID();

  /// A store to write into; the tests of a class may share it.
  protected abstract RecordStore store();

  @Test
  void a_created_record_has_version_1() {
    assertThat(store().commit(List.of(create("a", "{\"n\":1}")))).isTrue();

    assertThat(store().get(key("a"))).contains(new StoredRecord(key("a"), 1, "{\"n\":1}"));
  }

  @Test
  void an_absent_record_is_empty() {
    assertThat(store().get(key("absent"))).isEmpty();
    assertThat(store().list(partition, "")).isEmpty();
  }

  @Test
  void a_record_is_created_once() {
    store().commit(List.of(create("a", "{\"n\":1}")));

    assertThat(store().commit(List.of(create("a", "{\"n\":2}")))).isFalse();

    assertThat(json("a")).contains("{\"n\":1}");
  }

  @Test
  void a_replaced_record_has_the_next_version() {
    store().commit(List.of(create("a", "{\"n\":1}")));

    assertThat(store().commit(List.of(new Replace(key("a"), 1, "{\"n\":2}")))).isTrue();

    assertThat(store().get(key("a"))).contains(new StoredRecord(key("a"), 2, "{\"n\":2}"));
  }

  @Test
  void a_replacement_needs_the_version_that_was_seen() {
    store().commit(List.of(create("a", "{\"n\":1}")));
    store().commit(List.of(new Replace(key("a"), 1, "{\"n\":2}")));

    assertThat(store().commit(List.of(new Replace(key("a"), 1, "{\"n\":3}")))).isFalse();
    assertThat(store().commit(List.of(new Replace(key("a"), 3, "{\"n\":3}")))).isFalse();
    assertThat(store().commit(List.of(new Replace(key("absent"), 1, "{}")))).isFalse();

    assertThat(json("a")).contains("{\"n\":2}");
    assertThat(json("absent")).isEmpty();
  }

  @Test
  void the_changes_of_a_commit_happen_together() {
    store().commit(List.of(create("counter", "{\"n\":1}")));

    boolean done =
        store()
            .commit(List.of(create("update", "{}"), new Replace(key("counter"), 1, "{\"n\":2}")));

    assertThat(done).isTrue();
    assertThat(json("counter")).contains("{\"n\":2}");
    assertThat(json("update")).contains("{}");
  }

  @Test
  void the_changes_of_a_commit_happen_not_at_all_where_one_fails() {
    store().commit(List.of(create("counter", "{\"n\":1}")));

    boolean done =
        store()
            .commit(List.of(create("update", "{}"), new Replace(key("counter"), 9, "{\"n\":2}")));

    assertThat(done).isFalse();
    assertThat(json("update")).isEmpty();
    assertThat(json("counter")).contains("{\"n\":1}");
  }

  @Test
  void a_commit_takes_100_changes_in_any_partitions() {
    String other = partition + "-other";
    List<Change> changes = new ArrayList<>(creates(0, 99, "{}"));
    changes.add(new Create(new RecordKey(other, "a"), "{}"));

    assertThat(store().commit(changes)).isTrue();

    assertThat(store().list(partition, "")).hasSize(99);
    assertThat(store().list(other, "")).hasSize(1);
  }

  @Test
  void a_commit_of_no_or_too_many_changes_is_refused() {
    assertThatThrownBy(() -> store().commit(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().commit(creates(0, 101, "{}")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_commit_with_two_changes_of_one_record_is_refused() {
    List<Change> changes = List.of(create("a", "{}"), new Replace(key("a"), 1, "{}"));

    assertThatThrownBy(() -> store().commit(changes)).isInstanceOf(IllegalArgumentException.class);

    assertThat(json("a")).isEmpty();
  }

  @Test
  void a_listing_is_in_the_order_of_the_sort_keys() {
    store()
        .commit(
            List.of(
                create("m/b", "{}"), create("m/a", "{}"), create("m", "{}"), create("n", "{}")));

    assertThat(sorts("")).containsExactly("m", "m/a", "m/b", "n");
    assertThat(sorts("m/")).containsExactly("m/a", "m/b");
    assertThat(sorts("x")).isEmpty();
  }

  @Test
  void a_listing_of_more_than_a_megabyte_is_whole() {
    String json = "{\"text\":\"" + "x".repeat(5_000) + "\"}";
    for (int from = 0; from < 300; from += 100) {
      store().commit(creates(from, from + 100, json));
    }

    assertThat(store().list(partition, ""))
        .hasSize(300)
        .allSatisfy(record -> assertThat(record.json()).isEqualTo(json));
  }

  @Test
  void increments_at_the_same_time_are_all_counted() {
    store().commit(List.of(create("counter", "0")));

    Together.run(4, i -> IntStream.range(0, 5).mapToObj(j -> increment()).toList());

    assertThat(store().get(key("counter"))).contains(new StoredRecord(key("counter"), 21, "20"));
  }

  @Test
  void a_record_whose_time_is_over_is_gone() {
    Instant past = Instant.now().minusSeconds(60);
    Instant future = Instant.now().plusSeconds(3_600);
    store().commit(List.of(new Create(key("old"), "{\"n\":1}", Optional.of(past))));
    store().commit(List.of(new Create(key("new"), "{\"n\":1}", Optional.of(future))));

    assertThat(sorts("")).containsExactly("new");
    assertThat(json("old")).isEmpty();
    assertThat(store().commit(List.of(new Replace(key("old"), 1, "{}")))).isFalse();
    assertThat(store().commit(List.of(create("old", "{\"n\":2}")))).isTrue();
    assertThat(store().get(key("old"))).contains(new StoredRecord(key("old"), 1, "{\"n\":2}"));
  }

  private boolean increment() {
    while (true) {
      StoredRecord seen = store().get(key("counter")).orElseThrow();
      String next = Integer.toString(Integer.parseInt(seen.json()) + 1);
      if (store().commit(List.of(new Replace(seen.key(), seen.version(), next)))) {
        return true;
      }
    }
  }

  private List<Change> creates(int from, int to, String json) {
    return IntStream.range(from, to)
        .<Change>mapToObj(i -> create("%04d".formatted(i), json))
        .toList();
  }

  private Create create(String sort, String json) {
    return new Create(key(sort), json);
  }

  private RecordKey key(String sort) {
    return new RecordKey(partition, sort);
  }

  private Optional<String> json(String sort) {
    return store().get(key(sort)).map(StoredRecord::json);
  }

  private List<String> sorts(String prefix) {
    return store().list(partition, prefix).stream().map(record -> record.key().sort()).toList();
  }
}
