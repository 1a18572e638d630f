package io.rengo.local;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/// The time of this machine.
enum SystemTime implements Time {
  INSTANCE;

  private static final Duration LONGEST = Duration.ofDays(365);

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // The caller loops.
  public void await(Lock lock, Condition condition, Instant until) throws InterruptedException {
    Duration left = Duration.between(instant(), until);
    long nanos = left.compareTo(LONGEST) < 0 ? left.toNanos() : LONGEST.toNanos();
    long unused = condition.awaitNanos(nanos);
  }
}
