package io.rengo.lambdas;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.RecordStore;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.RecordKey;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.RengoException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Changes to what others change too: read, change, commit, and again on a conflict.
final class Conflicts {
  private static final int RETRIES = 30;

  private static final RetryPolicy<Optional<?>> POLICY =
      RetryPolicy.<Optional<?>>builder()
          .handleResultIf(result -> result != null && result.isEmpty())
          .withBackoff(Duration.ofMillis(5), Duration.ofMillis(500))
          .withJitter(0.5)
          .withMaxRetries(RETRIES)
          .build();

  private Conflicts() {}

  /// Changes a record and returns what it is from now on. A change to the same value is not
  /// written.
  ///
  /// @param absent the error where there is no such record
  static <T> T change(
      RecordStore records,
      RecordKey key,
      Class<T> type,
      UnaryOperator<T> change,
      Supplier<RengoException> absent) {
    return retry(
        () -> {
          StoredRecord stored = records.get(key).orElseThrow(absent);
          T before = Json.read(stored.json(), type, key.toString());
          T after = change.apply(before);
          return after.equals(before)
                  || records.commit(
                      List.of(new Change.Replace(key, stored.version(), Json.write(after))))
              ? Optional.of(after)
              : Optional.empty();
        },
        key.toString());
  }

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
                "it changed between reading and writing %d times in a row".formatted(RETRIES),
                where,
                "It is tried again by itself; lower the event queue's concurrency if it"
                    + " persists"));
  }
}
