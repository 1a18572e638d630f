package io.rengo.agent;

import io.rengo.protocol.RengoException;
import io.rengo.protocol.TaskQueue;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a task invisible to others for as long as it is worked on.
public final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final ScheduledFuture<?> extension;

  private Lease(ScheduledFuture<?> extension) {
    this.extension = extension;
  }

  /// Ends the lease; harmless when it happens again.
  @Override
  public void close() {
    extension.cancel(false);
  }

  /// Extends the leases of one process.
  ///
  /// @param visibility how long a task stays invisible after the agent that took it has died
  public record Keeper(
      TaskQueue queues, ScheduledExecutorService timer, Health health, Duration visibility) {
    /// Holds a task until the lease is closed.
    ///
    /// @param doing what is done meanwhile, for the health file
    public Lease hold(String queue, String receipt, Supplier<String> doing) {
      long period = visibility.toMillis() / 3;
      return new Lease(
          timer.scheduleAtFixedRate(
              () -> extend(queue, receipt, doing), period, period, TimeUnit.MILLISECONDS));
    }

    private void extend(String queue, String receipt, Supplier<String> doing) {
      health.alive(doing.get());
      try {
        queues.extend(queue, receipt, visibility);
      } catch (RengoException e) {
        LOG.warn("the task could not be extended: {}", e.getMessage());
      }
    }
  }
}
