package io.rengo.lambdas;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs small jobs that wait for the network, a bounded number of them at once.
final class Concurrently {
  private static final int LIMIT = 32;

  private Concurrently() {}

  /// Runs all of them and throws the first exception, if there was one.
  static void run(List<Runnable> jobs) {
    try (var executor = Executors.newFixedThreadPool(LIMIT, Thread.ofVirtual().factory())) {
      List<? extends Future<?>> futures = jobs.stream().map(executor::submit).toList();
      for (Future<?> future : futures) {
        await(future);
      }
    }
  }

  /// The result of what runs elsewhere, or its exception.
  static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
