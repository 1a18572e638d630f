package io.rengo.local.states;

import io.rengo.local.Time;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// A value that another thread brings, once.
final class Promise<T> {
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Time time;
  private Optional<T> value = Optional.empty();

  Promise(Time time) {
    this.time = time;
  }

  /// Brings the value, and says whether it is the first.
  boolean complete(T brought) {
    lock.lock();
    try {
      if (value.isPresent()) {
        return false;
      }
      value = Optional.of(brought);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The value, if it has come.
  Optional<T> now() {
    lock.lock();
    try {
      return value;
    } finally {
      lock.unlock();
    }
  }

  /// The value, or empty where it has not come by that moment.
  Optional<T> await(Instant until) throws InterruptedException {
    lock.lock();
    try {
      while (value.isEmpty() && time.instant().isBefore(until)) {
        time.await(lock, changed, until);
      }
      return value;
    } finally {
      lock.unlock();
    }
  }
}
