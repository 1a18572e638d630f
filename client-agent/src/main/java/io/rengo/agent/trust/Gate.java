package io.rengo.agent.trust;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets tasks to the member's data that its policy allows, once its data owner approved their job.
///
/// @param approvals empty where no approval is needed
/// @param pause waits a moment for the data owner
public record Gate(
    Policy policy,
    Optional<Approvals> approvals,
    InstantSource clock,
    ZoneId zone,
    Runnable pause) {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  /// Lets everything through.
  public static Gate open() {
    return new Gate(
        Policy.OPEN, Optional.empty(), InstantSource.system(), ZoneId.systemDefault(), () -> {});
  }

  /// Returns when the task may be worked on. Waits for an approval until the task's deadline; the
  /// task stays with this agent meanwhile.
  public void pass(Task task) {
    policy.check(task, LocalTime.ofInstant(clock.instant(), zone));
    if (approvals.isEmpty() || approvals.get().allow(task, clock.instant())) {
      return;
    }
    LOG.warn("job {} waits for approval: rengo-agent approve {}", task.job(), task.job());
    while (!approvals.get().allow(task, clock.instant())) {
      Instant now = clock.instant();
      if (now.isAfter(task.deadline()) || Thread.currentThread().isInterrupted()) {
        throw new RengoException(
            ErrorCode.JOB_UNAPPROVED,
            "the data owner has not approved the job before the round ended",
            "job " + task.job(),
            "Approve it with `rengo-agent approve " + task.job() + "`: it works from then on");
      }
      pause.run();
    }
  }
}
