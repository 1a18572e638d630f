package io.rengo.lambdas;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Changes to records that others change too: read, change, commit, and again on a conflict.
final class Conflicts {
  private static final RetryPolicy<Optional<?>> POLICY =
      RetryPolicy.<Optional<?>>builder()
          .handleResultIf(result -> result != null && result.isEmpty())
          .withBackoff(Duration.ofMillis(5), Duration.ofMillis(500))
          .withJitter(0.5)
          .withMaxRetries(30)
          .build();

  private Conflicts() {}

  /// Tries until there is a result.
  ///
  /// @param attempt reads, changes and commits; empty where the commit met a conflict
  static <T> T retry(Supplier<Optional<T>> attempt, String where) {
    Optional<T> first = attempt.get();
    return first
        .or(() -> Failsafe.with(POLICY).get(attempt::get))
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.CONFLICT,
                "the record changed between reading and writing 30 times in a row",
                where,
                "It is tried again by itself; lower the event queue's concurrency if it"
                    + " persists"));
  }
}
