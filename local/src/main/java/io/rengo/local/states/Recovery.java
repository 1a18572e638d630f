package io.rengo.local.states;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What happens when a state fails.
record Recovery(List<Retrier> retriers, List<Catcher> catchers) {
  static final Recovery NONE = new Recovery(List.of(), List.of());

  /// Tries again, up to `maxAttempts` times, waiting longer each time.
  record Retrier(
      List<String> errors,
      double intervalSeconds,
      int maxAttempts,
      double backoffRate,
      double maxDelaySeconds,
      boolean jitter) {
    /// The wait before attempt `attempt`, from 1, if it is the draw's share of the whole.
    ///
    /// @param draw from 0 to 1; counts only with jitter
    Duration delay(int attempt, double draw) {
      double whole =
          Math.min(maxDelaySeconds, intervalSeconds * Math.pow(backoffRate, attempt - 1.0));
      return Duration.ofMillis(Math.round(1_000 * whole * (jitter ? draw : 1)));
    }
  }

  /// Goes on elsewhere.
  record Catcher(List<String> errors, State.Effects effects, String next) {}

  Optional<Retrier> retrier(StateError error) {
    return retriers.stream().filter(r -> matches(r.errors(), error)).findFirst();
  }

  Optional<Catcher> catcher(StateError error) {
    return catchers.stream().filter(c -> matches(c.errors(), error)).findFirst();
  }

  private static boolean matches(List<String> patterns, StateError error) {
    return patterns.stream().anyMatch(error::matches);
  }
}
