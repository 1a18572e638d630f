package io.rengo.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/// A clock that can be waited on. All that waits in this package waits here, so that a test may
/// move the time instead of spending it ([ManualTime]).
public interface Time extends InstantSource {
  /// Waits until the condition is signalled or the moment has come, whichever is first; may also
  /// return for no reason, as [Condition#await()]. The caller holds `lock`, which made `condition`.
  void await(Lock lock, Condition condition, Instant until) throws InterruptedException;

  /// The moment `duration` from now, or [Instant#MAX] where it cannot be expressed.
  default Instant after(Duration duration) {
    Instant now = instant();
    return duration.compareTo(Duration.between(now, Instant.MAX)) < 0
        ? now.plus(duration)
        : Instant.MAX;
  }

  /// The time of this machine.
  static Time system() {
    return SystemTime.INSTANCE;
  }
}
