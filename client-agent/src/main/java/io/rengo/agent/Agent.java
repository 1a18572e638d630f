package io.rengo.agent;

import io.rengo.agent.trust.Gate;
import io.rengo.agent.trust.Inbox;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import io.rengo.protocol.TaskQueue.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loop of a member's agent: take a task, do it, take the next. It asks by long polling and
/// accepts no connections. A task stays invisible while it is worked on and returns to its queue
/// when the agent dies; what is put for it is put once, so a task that is done twice counts once.
public final class Agent implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final int MOST_TRIES = 5;

  private final Ports ports;
  private final Federation federation;
  private final String member;
  private final Worker worker;
  private final Slots slots;
  private final Lease.Keeper leases;
  private final Health health;
  private final Inbox inbox;
  private final Gate gate;
  private final AtomicReference<Optional<String>> current = new AtomicReference<>(Optional.empty());
  private volatile boolean stopping;
  private volatile String doing = "";

  /// @param worker does the tasks
  /// @param slots bounds how many members of one process work at once
  /// @param leases keeps tasks invisible while they are worked on
  /// @param inbox reads the queue's messages
  /// @param gate lets tasks to the member's data
  public Agent(
      Ports ports,
      Federation federation,
      String member,
      Worker worker,
      Slots slots,
      Lease.Keeper leases,
      Health health,
      Inbox inbox,
      Gate gate) {
    this.ports = ports;
    this.federation = federation;
    this.member = member;
    this.worker = worker;
    this.slots = slots;
    this.leases = leases;
    this.health = health;
    this.inbox = inbox;
    this.gate = gate;
  }

  /// Takes no further task. The one at hand is finished.
  public void stop() {
    stopping = true;
  }

  /// Returns the task at hand to its queue, for whoever takes it next: the last thing that a
  /// process does which cannot wait for the task's end.
  public void returnTask() {
    current
        .getAndSet(Optional.empty())
        .ifPresent(receipt ->
            ports.queues().extend(federation.memberQueue(member), receipt, Duration.ZERO));
  }

  /// Works until it is stopped or its thread is interrupted. Throws [RengoException] where the
  /// member's queue does not exist or may not be read.
  @Override
  public void run() {
    String queue = federation.memberQueue(member);
    while (!stopping && !Thread.currentThread().isInterrupted()) {
      health.alive("waiting for a task");
      List<Delivery> deliveries;
      try {
        deliveries = ports.queues().receive(queue, 1, WAIT, leases.visibility());
      } catch (RengoException e) {
        if (e.code() != ErrorCode.SERVICE_UNAVAILABLE) {
          throw e;
        }
        LOG.warn("no answer from the queue, trying again: {}", e.getMessage());
        continue;
      }
      deliveries.forEach(delivery -> work(queue, delivery));
    }
    health.alive("stopped");
  }

  /// A task is read only when there is a place to work on it: many members of one process may wait.
  private void work(String queue, Delivery delivery) {
    if (stopping) {
      ports.queues().extend(queue, delivery.receipt(), Duration.ZERO);
      return;
    }
    Optional<Task> mine = Optional.empty();
    current.set(Optional.of(delivery.receipt()));
    doing = "waiting for a place to work";
    try (Lease lease = leases.hold(queue, delivery.receipt(), () -> doing);
        var slot = slots.take()) {
      Task task = inbox.read(delivery.body(), "task in queue " + queue);
      check(task);
      mine = Optional.of(task);
      doing = "working on round " + task.round() + " of job " + task.job();
      health.alive(doing);
      gate.pass(task);
      attempt(task, slot);
      lease.close();
      ports.queues().delete(queue, delivery.receipt());
    } catch (RengoException e) {
      LOG.error("{}: {}", doing, e.getMessage());
      giveBack(queue, delivery, e, mine);
    } finally {
      current.set(Optional.empty());
    }
  }

  /// A trainer's own exceptions are its failure, not the agent's.
  private void attempt(Task task, Slots.Slot slot) {
    try {
      worker.work(task, slot);
    } catch (RengoException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new RengoException(
          ErrorCode.TRAINING_FAILED,
          e.toString(),
          "trainer " + task.training().trainer(),
          "Try the trainer on this member's data by itself",
          e);
    }
  }

  private void check(Task task) {
    if (!task.federation().equals(federation.name()) || !task.member().equals(member)) {
      throw new RengoException(
          ErrorCode.TASK_INVALID,
          "the task is for member %s of federation %s".formatted(task.member(), task.federation()),
          "member " + member + " of federation " + federation.name(),
          "Give the agent the federation and the name that the member was added with");
    }
  }

  /// An error that may pass brings the task back; others end it, and the federation is told.
  private void giveBack(String queue, Delivery delivery, RengoException e, Optional<Task> task) {
    boolean again =
        switch (e.code()) {
          case SERVICE_UNAVAILABLE, TRAINING_FAILED -> delivery.count() < MOST_TRIES;
          default -> false;
        };
    if (again) {
      ports.queues().extend(queue, delivery.receipt(), Duration.ofSeconds(delivery.count()));
    } else {
      task.ifPresent(declined -> decline(declined, e.code()));
      ports.queues().delete(queue, delivery.receipt());
    }
  }

  private void decline(Task task, ErrorCode why) {
    if (ports.clock().instant().isAfter(task.deadline())) {
      return;
    }
    try {
      worker.decline(task, why);
    } catch (RengoException e) {
      LOG.error("round {} of job {} is not declined: {}", task.round(), task.job(), e.getMessage());
    }
  }
}
