package io.rengo.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// A time that stands still until it is moved: hours of waiting pass in a test at once.
public final class ManualTime implements Time {
  /// Who waits; the thread tells two apart that wait for the same.
  private record Sleeper(Lock lock, Condition condition, Instant until, Thread thread) {
    void wake() {
      lock.lock();
      try {
        condition.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private final Lock lock = new ReentrantLock();
  private final Condition slept = lock.newCondition();
  private final List<Sleeper> sleepers = new ArrayList<>();
  private Instant now;

  public ManualTime(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // The caller loops.
  public void await(Lock of, Condition condition, Instant until) throws InterruptedException {
    Sleeper sleeper = new Sleeper(of, condition, until, Thread.currentThread());
    if (!fallAsleep(sleeper)) {
      return;
    }
    try {
      condition.await();
    } finally {
      rise(sleeper);
    }
  }

  /// Moves the time and wakes all whose moment has come.
  public void advance(Duration by) {
    wakeDue(moved(by));
  }

  /// Waits until somebody sleeps who would wake within `by`, then moves the time by that much: so a
  /// test meets a wait that another thread is about to begin.
  public void advanceWhenAwaited(Duration by) throws InterruptedException {
    lock.lock();
    try {
      while (sleepers.stream().noneMatch(s -> !s.until().isAfter(now.plus(by)))) {
        slept.await();
      }
    } finally {
      lock.unlock();
    }
    advance(by);
  }

  private boolean fallAsleep(Sleeper sleeper) {
    lock.lock();
    try {
      if (!sleeper.until().isAfter(now)) {
        return false;
      }
      sleepers.add(sleeper);
      slept.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void rise(Sleeper sleeper) {
    lock.lock();
    try {
      sleepers.remove(sleeper);
    } finally {
      lock.unlock();
    }
  }

  private List<Sleeper> moved(Duration by) {
    lock.lock();
    try {
      now = now.plus(by);
      List<Sleeper> due = sleepers.stream().filter(s -> !s.until().isAfter(now)).toList();
      sleepers.removeAll(due);
      return due;
    } finally {
      lock.unlock();
    }
  }

  private static void wakeDue(List<Sleeper> due) {
    due.forEach(Sleeper::wake);
  }
}
