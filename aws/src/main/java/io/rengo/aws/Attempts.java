package io.rengo.aws;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Tries again where two writers met in the middle: the service refused one of them without looking
/// at its condition, which the SDK does not try again by itself.
final class Attempts {
  private static final int MOST = 12;

  private Attempts() {}

  /// The call's result, or its last exception after about ten seconds.
  static <T> T whileConflict(Predicate<AwsServiceException> conflict, Supplier<T> call) {
    RetryPolicy<T> policy =
        RetryPolicy.<T>builder()
            .handleIf(e -> e instanceof AwsServiceException refused && conflict.test(refused))
            .withBackoff(Duration.ofMillis(20), Duration.ofSeconds(2))
            .withJitter(0.5)
            .withMaxAttempts(MOST)
            .build();
    return Failsafe.with(policy).get(call::get);
  }
}
