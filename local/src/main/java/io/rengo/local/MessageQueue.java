package io.rengo.local;

import io.rengo.protocol.TaskQueue.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// The messages of one queue: those that can be received, and those in flight, which return when
/// their time is over.
final class MessageQueue {
  private record Message(String body, int received) {}

  private record Flight(Message message, String receipt, Instant returns) {}

  private final String name;
  private final Time time;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Message> visible = new ArrayDeque<>();
  private final Map<String, Flight> flights = new HashMap<>();

  /// Every flight in [#flights], and some that were extended or deleted since.
  private final Queue<Flight> returning =
      new PriorityQueue<>(Comparator.comparing(Flight::returns));

  private long deliveries;

  MessageQueue(String name, Time time) {
    this.name = name;
    this.time = time;
  }

  void send(String body) {
    lock.lock();
    try {
      visible.add(new Message(body, 0));
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  List<Delivery> receive(int max, Duration wait, Duration visibility) {
    Instant deadline = time.after(wait);
    lock.lock();
    try {
      returnDue();
      while (visible.isEmpty() && time.instant().isBefore(deadline)) {
        time.await(lock, changed, nextReturn(deadline));
        returnDue();
      }
      return take(max, time.after(visibility));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  void extend(String receipt, Duration visibility) {
    lock.lock();
    try {
      returnDue();
      Flight flight = flights.get(receipt);
      if (flight != null) {
        launch(new Flight(flight.message(), receipt, time.after(visibility)));
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void delete(String receipt) {
    lock.lock();
    try {
      flights.remove(receipt);
    } finally {
      lock.unlock();
    }
  }

  private List<Delivery> take(int max, Instant returns) {
    List<Delivery> taken = new ArrayList<>(Math.min(max, visible.size()));
    while (taken.size() < max && !visible.isEmpty()) {
      Message message = visible.remove();
      Message delivered = new Message(message.body(), message.received() + 1);
      String receipt = name + "#" + ++deliveries;
      launch(new Flight(delivered, receipt, returns));
      taken.add(new Delivery(delivered.body(), receipt, delivered.received()));
    }
    if (!taken.isEmpty()) {
      changed.signalAll();
    }
    return taken;
  }

  private void launch(Flight flight) {
    flights.put(flight.receipt(), flight);
    returning.add(flight);
  }

  private void returnDue() {
    Instant now = time.instant();
    for (Flight next = returning.peek();
        next != null && (isOver(next) || !next.returns().isAfter(now));
        next = returning.peek()) {
      returning.remove();
      if (flights.remove(next.receipt(), next)) {
        visible.add(next.message());
      }
    }
  }

  private boolean isOver(Flight flight) {
    return flights.get(flight.receipt()) != flight;
  }

  private Instant nextReturn(Instant deadline) {
    Flight next = returning.peek();
    return next == null || next.returns().isAfter(deadline) ? deadline : next.returns();
  }
}
