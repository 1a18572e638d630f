package io.rengo.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When the list of revoked certificates ends: from then on every update is refused.
record ListEnd(Instant ends) {
  /// A third of the list's life: time for a month of holidays.
  private static final Duration SOON = Duration.ofDays(30);

  /// What to say where it is soon.
  Optional<String> warning(Instant now) {
    if (now.isBefore(ends.minus(SOON))) {
      return Optional.empty();
    }
    return Optional.of(
        now.isBefore(ends)
            ? "the list of revoked certificates ends in %d days, at %s; then every update is refused: run `rengo federation publish`"
                .formatted(Duration.between(now, ends).toDays(), ends)
            : "the list of revoked certificates ended at %s, and every update is refused: run `rengo federation publish`"
                .formatted(ends));
  }
}
