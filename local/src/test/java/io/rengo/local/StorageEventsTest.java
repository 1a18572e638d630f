package io.rengo.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rengo.protocol.TaskQueue.Delivery;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageEventsTest {
  private final ManualTime time = new ManualTime(Instant.parse("2026-01-02T03:04:05Z"));
  private final MemoryTaskQueue queues = new MemoryTaskQueue(time);
  private final MemoryObjectStore store =
      new MemoryObjectStore(
          new StorageEvents(key -> key.startsWith("jobs/"), "bucket", queues, "events", time));

  @Test
  void a_stored_object_is_told_as_Amazon_S3_tells_it() throws Exception {
    queues.create("events");
    store.putOnce("jobs/a b/é.json", ByteBuffer.allocate(7));

    JsonNode record = new ObjectMapper().readTree(received().getFirst().body()).at("/Records/0");

    assertThat(record.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
    assertThat(record.path("eventTime").asText()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(record.at("/s3/bucket/name").asText()).isEqualTo("bucket");
    assertThat(record.at("/s3/object/key").asText()).isEqualTo("jobs/a+b/%C3%A9.json");
    assertThat(record.at("/s3/object/size").asLong()).isEqualTo(7);
    assertThat(record.at("/s3/object/eTag").asText())
        .isEqualTo(store.head("jobs/a b/é.json").orElseThrow().etag());
  }

  @Test
  void other_keys_are_not_told() {
    queues.create("events");

    store.putOnce("other/a", ByteBuffer.allocate(7));

    assertThat(received()).isEmpty();
  }

  private List<Delivery> received() {
    return queues.receive("events", 10, Duration.ZERO, Duration.ofSeconds(1));
  }
}
