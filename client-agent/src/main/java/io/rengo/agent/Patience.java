package io.rengo.agent;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.time.Duration;
import java.util.function.Supplier;

/// Calls a service again for as long as its silence may pass.
public final class Patience {
  private static final RetryPolicy<Object> RETRY =
      RetryPolicy.builder()
          .handleIf(e -> e instanceof RengoException r && r.code() == ErrorCode.SERVICE_UNAVAILABLE)
          .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(20))
          .withJitter(0.3)
          .withMaxRetries(8)
          .build();

  private Patience() {}

  /// The call's result; throws what its last try threw.
  public static <T> T again(Supplier<T> call) {
    try {
      return call.get();
    } catch (RengoException e) {
      return Failsafe.with(RETRY).get(call::get);
    }
  }
}
