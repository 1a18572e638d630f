package io.rengo.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.TaskQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Queues in memory. A queue is a few hundred bytes and no thread: tens of thousands of them, each
/// with a virtual thread that waits for messages, cost little.
public final class MemoryTaskQueue implements TaskQueue {
  private static final int LONGEST_BODY = 256 << 10;

  private final Map<String, MessageQueue> queues = new ConcurrentHashMap<>();
  private final Time time;

  public MemoryTaskQueue(Time time) {
    this.time = time;
  }

  /// Makes the queue unless it exists.
  public void create(String queue) {
    queues.computeIfAbsent(queue, name -> new MessageQueue(name, time));
  }

  @Override
  public void send(String queue, String body) {
    MessageQueue messages = find(queue);
    if (body.length() > LONGEST_BODY / 3 && body.getBytes(UTF_8).length > LONGEST_BODY) {
      throw new RengoException(
          ErrorCode.MESSAGE_INVALID,
          "the message is longer than 256 KiB",
          queue,
          "Store the content and send its key");
    }
    messages.send(body);
  }

  @Override
  public List<Delivery> receive(String queue, int max, Duration wait, Duration visibility) {
    return find(queue).receive(max, wait, visibility);
  }

  @Override
  public void extend(String queue, String receipt, Duration visibility) {
    find(queue).extend(receipt, visibility);
  }

  @Override
  public void delete(String queue, String receipt) {
    find(queue).delete(receipt);
  }

  private MessageQueue find(String queue) {
    MessageQueue found = queues.get(queue);
    if (found == null) {
      throw new RengoException(
          ErrorCode.QUEUE_MISSING,
          "there is no queue of this name",
          queue,
          "Check the names of the federation and of the member");
    }
    return found;
  }
}
