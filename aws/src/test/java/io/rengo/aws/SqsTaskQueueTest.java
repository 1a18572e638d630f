package io.rengo.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.TaskQueue;
import io.rengo.protocol.TaskQueueContract;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.SqsClient;

class SqsTaskQueueTest extends TaskQueueContract {
  private static SqsClient client;
  private static TaskQueue queues;

  @BeforeAll
  static void connect() {
    client = LocalStack.clients().sqs();
    queues = new SqsTaskQueue(client);
  }

  @Override
  protected TaskQueue queues() {
    return queues;
  }

  @Override
  protected String newQueue() {
    String queue = "rengo-test-" + UUID.randomUUID();
    client.createQueue(r -> r.queueName(queue));
    return queue;
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void a_platform_thread_is_interrupted_while_it_waits() {
    String queue = newQueue();
    CompletableFuture<List<TaskQueue.Delivery>> received = new CompletableFuture<>();
    Thread receiver =
        Thread.ofPlatform()
            .start(() ->
                received.complete(
                    queues.receive(queue, 1, Duration.ofSeconds(20), Duration.ofSeconds(20))));
    while (receiver.getState() == Thread.State.NEW
        || receiver.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }

    receiver.interrupt();

    assertThat(received.join()).isEmpty();
  }

  @Test
  void extending_a_message_that_is_gone_is_harmless() {
    String queue = newQueue();
    queues.send(queue, "task");
    Duration wait = Duration.ofSeconds(20);
    TaskQueue.Delivery delivery = queues.receive(queue, 1, wait, wait).getFirst();
    queues.delete(queue, delivery.receipt());

    queues.extend(queue, delivery.receipt(), wait);

    assertThat(queues.receive(queue, 1, Duration.ZERO, wait)).isEmpty();
  }
}
