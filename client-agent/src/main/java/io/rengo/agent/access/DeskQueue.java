package io.rengo.agent.access;

import io.rengo.protocol.TaskQueue;
import io.rengo.protocol.access.MemberRequest.Delete;
import io.rengo.protocol.access.MemberRequest.Extend;
import io.rengo.protocol.access.MemberRequest.Receive;
import java.time.Duration;
import java.util.List;

/// The member's own queue, whichever is named. It is asked and not waited at: a wait would keep a
/// function running, so an agent that finds nothing pauses by itself.
record DeskQueue(Desk desk) implements TaskQueue {
  @Override
  public void send(String queue, String body) {
    throw DeskStore.absent("members send no tasks", queue);
  }

  @Override
  public List<Delivery> receive(String queue, int max, Duration wait, Duration visibility) {
    if (Thread.currentThread().isInterrupted()) {
      return List.of();
    }
    List<Delivery> deliveries = desk.tasks(new Receive(seconds(visibility))).deliveries();
    if (deliveries.isEmpty()) {
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return deliveries;
  }

  @Override
  public void extend(String queue, String receipt, Duration visibility) {
    desk.done(new Extend(receipt, seconds(visibility)));
  }

  @Override
  public void delete(String queue, String receipt) {
    desk.done(new Delete(receipt));
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.plusNanos(999_999_999).toSeconds());
  }
}
