package io.rengo.protocol;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Runs calls at the same time, 16 at once at the most, and returns their results in order.
final class Together {
  private Together() {}

  static <T> List<T> run(int count, IntFunction<T> call) {
    try (var threads = Executors.newFixedThreadPool(16)) {
      List<Future<T>> calls =
          IntStream.range(0, count).mapToObj(i -> threads.submit(() -> call.apply(i))).toList();
      return calls.stream().map(Together::result).toList();
    }
  }

  private static <T> T result(Future<T> call) {
    try {
      return call.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
