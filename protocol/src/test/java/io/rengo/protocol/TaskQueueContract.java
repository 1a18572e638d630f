package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.TaskQueue.Delivery;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What every [TaskQueue] does. Time is real here, in whole seconds, and every wait ends with the
/// event that it waits for.
public abstract class TaskQueueContract {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(20);

  /// The queues; the tests of a class may share them.
  protected abstract TaskQueue queues();

  /// Makes an empty queue that no other test uses, and returns its name.
  protected abstract String newQueue();

  @Test
  void a_message_is_received_as_it_was_sent() {
    String queue = newQueue();
    queues().send(queue, "{\"text\":\"連合 é\"}");

    Delivery delivery = receiveOne(queue, LONG);

    assertThat(delivery.body()).isEqualTo("{\"text\":\"連合 é\"}");
    assertThat(delivery.count()).isEqualTo(1);
  }

  @Test
  void a_message_of_256_KiB_is_received() {
    String queue = newQueue();
    String body = "x".repeat(256 << 10);
    queues().send(queue, body);

    assertThat(receiveOne(queue, LONG).body()).isEqualTo(body);
  }

  @Test
  void an_empty_queue_gives_nothing() {
    assertThat(queues().receive(newQueue(), 10, NONE, LONG)).isEmpty();
  }

  @Test
  void a_received_message_is_invisible_and_returns() {
    String queue = newQueue();
    queues().send(queue, "task");
    Delivery first = receiveOne(queue, Duration.ofSeconds(2));

    assertThat(queues().receive(queue, 1, NONE, LONG)).isEmpty();
    Delivery second = receiveOne(queue, LONG);

    assertThat(second.body()).isEqualTo("task");
    assertThat(second.count()).isEqualTo(2);
    assertThat(second.receipt()).isNotEqualTo(first.receipt());
  }

  @Test
  void a_deleted_message_does_not_return() {
    String queue = newQueue();
    queues().send(queue, "task");
    Delivery delivery = receiveOne(queue, SECOND);

    queues().delete(queue, delivery.receipt());
    queues().delete(queue, delivery.receipt());

    assertThat(queues().receive(queue, 1, Duration.ofSeconds(2), LONG)).isEmpty();
  }

  @Test
  void an_extended_message_stays_invisible() {
    String queue = newQueue();
    queues().send(queue, "task");
    Delivery delivery = receiveOne(queue, SECOND);

    queues().extend(queue, delivery.receipt(), LONG);

    assertThat(queues().receive(queue, 1, Duration.ofSeconds(2), LONG)).isEmpty();
  }

  @Test
  void an_extension_by_zero_returns_the_message_at_once() {
    String queue = newQueue();
    queues().send(queue, "task");
    Delivery delivery = receiveOne(queue, LONG);

    queues().extend(queue, delivery.receipt(), NONE);

    assertThat(receiveOne(queue, LONG).count()).isEqualTo(2);
  }

  @Test
  void at_most_as_many_as_asked_for_come_and_all_come_in_the_end() {
    String queue = newQueue();
    Set<String> sent = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      sent.add("message " + i);
      queues().send(queue, "message " + i);
    }

    Set<String> received = new HashSet<>();
    while (received.size() < sent.size()) {
      List<Delivery> batch = queues().receive(queue, 10, SECOND, LONG);
      assertThat(batch).as("after %s", received).isNotEmpty().hasSizeLessThanOrEqualTo(10);
      batch.forEach(delivery -> received.add(delivery.body()));
    }

    assertThat(received).isEqualTo(sent);
  }

  @Test
  void a_waiting_receiver_gets_what_is_sent_later() throws Exception {
    String queue = newQueue();
    CompletableFuture<List<Delivery>> waiting =
        CompletableFuture.supplyAsync(
            () -> queues().receive(queue, 1, LONG, LONG), Thread::startVirtualThread);

    queues().send(queue, "task");

    assertThat(waiting.get()).extracting(Delivery::body).containsExactly("task");
  }

  @Test
  void an_interrupted_receiver_gets_nothing_and_stays_interrupted() throws Exception {
    String queue = newQueue();
    Executor interrupted =
        call ->
            Thread.startVirtualThread(() -> {
              Thread.currentThread().interrupt();
              call.run();
            });

    boolean flag =
        CompletableFuture.supplyAsync(
                () -> {
                  assertThat(queues().receive(queue, 1, LONG, LONG)).isEmpty();
                  return Thread.currentThread().isInterrupted();
                },
                interrupted)
            .get();

    assertThat(flag).isTrue();
  }

  @Test
  void one_queue_does_not_see_the_messages_of_another() {
    String one = newQueue();
    String other = newQueue();
    queues().send(one, "task");

    assertThat(queues().receive(other, 1, NONE, LONG)).isEmpty();
    assertThat(receiveOne(one, LONG).body()).isEqualTo("task");
  }

  @Test
  void a_queue_that_does_not_exist_is_named() {
    assertMissing(() -> queues().send("rengo-no-such-queue", "task"));
    assertMissing(() -> queues().receive("rengo-no-such-queue", 1, NONE, LONG));
    assertMissing(() -> queues().extend("rengo-no-such-queue", "receipt", LONG));
    assertMissing(() -> queues().delete("rengo-no-such-queue", "receipt"));
  }

  private Delivery receiveOne(String queue, Duration visibility) {
    List<Delivery> deliveries = queues().receive(queue, 1, LONG, visibility);
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }

  private static void assertMissing(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_MISSING))
        .hasMessageContaining("rengo-no-such-queue");
  }
}
