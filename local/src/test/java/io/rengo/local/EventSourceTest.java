package io.rengo.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventSourceTest {
  private static final Duration VISIBILITY = Duration.ofSeconds(30);
  private static final JsonNode DONE = JsonNodeFactory.instance.objectNode();

  private final ManualTime time = new ManualTime(Instant.EPOCH);
  private final MemoryTaskQueue queues = new MemoryTaskQueue(time);
  private final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
  private final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();

  EventSourceTest() {
    queues.create("events");
  }

  @Test
  void messages_come_in_batches_of_ten_at_the_most() throws Exception {
    for (int i = 0; i < 12; i++) {
      queues.send("events", "message " + i);
    }
    try (EventSource source = source(event -> DONE)) {
      assertThat(source).isNotNull();
      assertThat(batches.take()).hasSize(10).contains("message 0");
      assertThat(batches.take()).containsExactly("message 10", "message 11");
    }
  }

  @Test
  void a_message_is_shaped_as_Amazon_SQS_shapes_it() throws Exception {
    BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    queues.send("events", "{}");
    try (EventSource source = source(event -> seen(event, events))) {
      assertThat(source).isNotNull();
      JsonNode record = events.take().at("/Records/0");
      assertThat(record.path("messageId").asText()).isNotEmpty();
      assertThat(record.path("body").asText()).isEqualTo("{}");
      assertThat(record.path("eventSource").asText()).isEqualTo("aws:sqs");
      assertThat(record.at("/attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
    }
  }

  @Test
  void a_message_that_failed_returns_and_the_others_do_not() throws Exception {
    queues.send("events", "good");
    queues.send("events", "bad");
    try (EventSource source = source(event -> failing(event, "bad"))) {
      assertThat(source).isNotNull();
      assertThat(batches.take()).containsExactly("good", "bad");
      time.advanceWhenAwaited(VISIBILITY);
      assertThat(batches.take()).containsExactly("bad");
    }
  }

  @Test
  void all_of_a_batch_return_where_the_function_throws() throws Exception {
    queues.send("events", "a");
    queues.send("events", "b");
    try (EventSource source =
        source(event -> {
          throw new IllegalStateException("broken");
        })) {
      assertThat(source).isNotNull();
      assertThat(failures.take()).hasMessage("broken");
      time.advanceWhenAwaited(VISIBILITY);
      assertThat(failures.take()).hasMessage("broken");
      assertThat(batches).containsExactly(List.of("a", "b"), List.of("a", "b"));
    }
  }

  @Test
  void a_failure_that_names_no_message_of_the_batch_fails_the_batch() throws Exception {
    queues.send("events", "a");
    ObjectNode unknown = JsonNodeFactory.instance.objectNode();
    unknown.putArray("batchItemFailures").addObject().put("itemIdentifier", "other");
    try (EventSource source = source(event -> unknown)) {
      assertThat(source).isNotNull();
      assertThat(batches.take()).containsExactly("a");
      time.advanceWhenAwaited(VISIBILITY);
      assertThat(batches.take()).containsExactly("a");
    }
  }

  @Test
  void a_closed_source_takes_no_more() {
    source(event -> DONE).close();

    queues.send("events", "late");

    assertThat(queues.receive("events", 1, Duration.ZERO, VISIBILITY)).hasSize(1);
    assertThat(batches).isEmpty();
  }

  private EventSource source(UnaryOperator<JsonNode> function) {
    return new EventSource(
        queues,
        new EventSource.Mapping(
            "events",
            VISIBILITY,
            1,
            event -> {
              batches.add(records(event).map(record -> record.path("body").asText()).toList());
              return function.apply(event);
            },
            failures::add));
  }

  private static JsonNode seen(JsonNode event, BlockingQueue<JsonNode> events) {
    events.add(event);
    return DONE;
  }

  private static JsonNode failing(JsonNode event, String body) {
    ObjectNode result = new ObjectMapper().createObjectNode();
    records(event)
        .filter(record -> record.path("body").asText().equals(body))
        .forEach(record ->
            result
                .withArray("/batchItemFailures")
                .addObject()
                .put("itemIdentifier", record.path("messageId").asText()));
    return result;
  }

  private static Stream<JsonNode> records(JsonNode event) {
    return StreamSupport.stream(event.path("Records").spliterator(), false);
  }
}
