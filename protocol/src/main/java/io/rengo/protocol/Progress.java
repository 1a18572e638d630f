package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/// Where a job stands: its record.
///
/// @param seed what everything reproducible of this job derives from
/// @param round number of the newest round that was recorded, 0 before the first
/// @param published rounds that published a model
/// @param abandoned rounds that did not
/// @param evaluated whether the round that evaluates the last model is over
/// @param audited whether the round that audits it is over
/// @param model the newest model
/// @param accuracy federated accuracy of the newest model that members evaluated
/// @param reason why the job ended as it did
public record Progress(
    String job,
    State state,
    long seed,
    Instant started,
    int round,
    int published,
    int abandoned,
    boolean evaluated,
    boolean audited,
    ModelRef model,
    Optional<Double> accuracy,
    Optional<String> reason) {
  /// Where a job is in its life.
  public enum State {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("aborted")
    ABORTED
  }

  /// The same job with another newest model.
  public Progress with(ModelRef other) {
    return new Progress(
        job, state, seed, started, round, published, abandoned, evaluated, audited, other, accuracy,
        reason);
  }

  /// The same job in its next state.
  public Progress ended(State state, String reason) {
    return new Progress(
        job,
        state,
        seed,
        started,
        round,
        published,
        abandoned,
        evaluated,
        audited,
        model,
        accuracy,
        reason.isEmpty() ? Optional.empty() : Optional.of(reason));
  }
}
