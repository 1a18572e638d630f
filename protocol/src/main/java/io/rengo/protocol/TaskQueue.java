package io.rengo.protocol;

import java.time.Duration;
import java.util.List;

/// Messages in named queues, as in Amazon SQS: delivered at least once, in no promised order. A
/// message that was received is invisible until it is deleted or its time is over, and then it
/// returns. Every method throws [RengoException] with [ErrorCode#QUEUE_MISSING] where the queue
/// does not exist.
public interface TaskQueue {
  /// A message as it was received: `receipt` names this delivery, `count` is 1 for the first.
  record Delivery(String body, String receipt, int count) {}

  /// Sends a message of at most 256 KiB.
  void send(String queue, String body);

  /// Up to `max` messages (1 to 10), waiting up to `wait` (20 seconds at most) for the first. They
  /// stay invisible for `visibility`. Returns the empty list where none came, or where the thread
  /// was interrupted (its flag stays set).
  List<Delivery> receive(String queue, int max, Duration wait, Duration visibility);

  /// Keeps a message invisible for `visibility` from now; zero returns it at once.
  void extend(String queue, String receipt, Duration visibility);

  /// Removes a message for good; harmless where it is gone.
  void delete(String queue, String receipt);
}
