package io.rengo.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.TaskQueue.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MessageTimesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualTime time = new ManualTime(Instant.EPOCH);
  private final MemoryTaskQueue queues = new MemoryTaskQueue(time);

  @BeforeEach
  void create() {
    queues.create("q");
    queues.send("q", "task");
  }

  @Test
  void a_message_returns_to_the_moment() {
    receive(HOUR);

    time.advance(HOUR.minusNanos(1));
    assertThat(receive(HOUR)).isEmpty();
    time.advance(Duration.ofNanos(1));

    assertThat(receive(HOUR)).extracting(Delivery::count).containsExactly(2);
  }

  @Test
  void an_extension_counts_from_now() {
    String receipt = receive(HOUR).getFirst().receipt();
    time.advance(MINUTE);
    queues.extend("q", receipt, HOUR);

    time.advance(HOUR.minusNanos(1));
    assertThat(receive(HOUR)).isEmpty();
    time.advance(Duration.ofNanos(1));

    assertThat(receive(HOUR)).hasSize(1);
  }

  @Test
  void a_receipt_whose_time_was_over_has_no_power_over_the_next_delivery() {
    String old = receive(MINUTE).getFirst().receipt();
    time.advance(MINUTE);
    receive(HOUR);

    queues.extend("q", old, Duration.ZERO);
    queues.delete("q", old);

    assertThat(receive(HOUR)).isEmpty();
    time.advance(HOUR);
    assertThat(receive(HOUR)).hasSize(1);
  }

  @Test
  void a_waiting_receiver_gets_a_message_that_returns() throws Exception {
    receive(MINUTE);
    CompletableFuture<List<Delivery>> waiting =
        CompletableFuture.supplyAsync(
            () -> queues.receive("q", 1, HOUR, HOUR), Thread::startVirtualThread);

    time.advanceWhenAwaited(MINUTE);

    assertThat(waiting.get()).extracting(Delivery::count).containsExactly(2);
  }

  @Test
  void a_waiting_receiver_goes_when_its_wait_is_over() throws Exception {
    receive(HOUR);
    CompletableFuture<List<Delivery>> waiting =
        CompletableFuture.supplyAsync(
            () -> queues.receive("q", 1, MINUTE, HOUR), Thread::startVirtualThread);

    time.advanceWhenAwaited(MINUTE);

    assertThat(waiting.get()).isEmpty();
  }

  private List<Delivery> receive(Duration visibility) {
    return queues.receive("q", 10, Duration.ZERO, visibility);
  }
}
