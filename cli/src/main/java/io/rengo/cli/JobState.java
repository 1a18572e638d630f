package io.rengo.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/// A job as a reader sees it.
///
/// @param rounds rounds that published a model
/// @param accuracy federated accuracy of the newest model that members evaluated
/// @param reason why it ended as it did
record JobState(
    String job,
    State state,
    Optional<Instant> started,
    int rounds,
    Optional<Double> accuracy,
    Optional<String> reason) {
  /// Where a job is in its life.
  enum State {
    @JsonProperty("running")
    RUNNING,
    /// Its process ended before the job did; it can go on.
    @JsonProperty("interrupted")
    INTERRUPTED,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("aborted")
    ABORTED;

    /// As people read it.
    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  boolean ended() {
    return state != State.RUNNING;
  }
}
