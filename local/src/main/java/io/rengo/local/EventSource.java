package io.rengo.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.TaskQueue;
import io.rengo.protocol.TaskQueue.Delivery;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Brings the messages of a queue to a function in batches, as AWS Lambda's event source for Amazon
/// SQS. The function's result may name messages that failed (`batchItemFailures`); those, and all
/// of a batch whose call threw, stay in the queue and return when their visibility is over.
public final class EventSource implements AutoCloseable {
  /// What calls the function, and where its exceptions go.
  ///
  /// @param visibility how long a message stays invisible while the function works on it
  /// @param pollers how many batches may be worked on at once
  /// @param failed is told of what the function threw
  public record Mapping(
      String queue,
      Duration visibility,
      int pollers,
      UnaryOperator<JsonNode> function,
      Consumer<RuntimeException> failed) {}

  private static final int BATCH = 10;
  private static final Duration WAIT = Duration.ofSeconds(20);

  private final TaskQueue queues;
  private final Mapping mapping;
  private final List<Poller> pollers;
  private volatile boolean closed;

  /// Begins to poll.
  public EventSource(TaskQueue queues, Mapping mapping) {
    this.queues = queues;
    this.mapping = mapping;
    pollers = IntStream.range(0, mapping.pollers()).mapToObj(Poller::new).toList();
    pollers.forEach(poller -> poller.thread.start());
  }

  /// Lets the batches that are being worked on end, and takes no more.
  @Override
  public void close() {
    closed = true;
    pollers.forEach(Poller::stop);
  }

  private final class Poller {
    private final Lock working = new ReentrantLock();
    private final Thread thread;

    Poller(int number) {
      thread = Thread.ofVirtual().name(mapping.queue() + " poller " + number).unstarted(this::poll);
    }

    void stop() {
      working.lock();
      try {
        thread.interrupt();
      } finally {
        working.unlock();
      }
    }

    private void poll() {
      while (!closed) {
        List<Delivery> batch = queues.receive(mapping.queue(), BATCH, WAIT, mapping.visibility());
        working.lock();
        try {
          if (!closed && !batch.isEmpty()) {
            work(batch);
          }
        } finally {
          working.unlock();
        }
      }
    }
  }

  private void work(List<Delivery> batch) {
    Set<String> failed;
    try {
      failed = failures(mapping.function().apply(event(batch)));
    } catch (RuntimeException e) {
      mapping.failed().accept(e);
      return;
    }
    Set<String> sent = new HashSet<>(batch.stream().map(Delivery::receipt).toList());
    if (sent.containsAll(failed)) {
      sent.removeAll(failed);
      sent.forEach(receipt -> queues.delete(mapping.queue(), receipt));
    }
  }

  private ObjectNode event(List<Delivery> batch) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ArrayNode records = event.putArray("Records");
    for (Delivery delivery : batch) {
      ObjectNode record =
          records
              .addObject()
              .put("messageId", delivery.receipt())
              .put("receiptHandle", delivery.receipt())
              .put("body", delivery.body())
              .put("eventSource", "aws:sqs")
              .put("eventSourceARN", "arn:aws:sqs:local:000000000000:" + mapping.queue())
              .put("awsRegion", "local");
      record
          .putObject("attributes")
          .put("ApproximateReceiveCount", Integer.toString(delivery.count()));
      record.putObject("messageAttributes");
    }
    return event;
  }

  private static Set<String> failures(JsonNode result) {
    Set<String> failed = new HashSet<>();
    result
        .path("batchItemFailures")
        .forEach(failure -> failed.add(failure.path("itemIdentifier").asText()));
    return failed;
  }
}
