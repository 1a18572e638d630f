package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/// What a round came to.
///
/// @param model the newest model after the round
/// @param accepted updates that were aggregated
/// @param late updates refused because the round was closed, as far as known when it was recorded
/// @param refusals the others that were refused
/// @param loss the members' mean training loss
/// @param evaluationLoss mean loss, on the members' hold-outs, of the model the round began from
/// @param accuracy of the same
/// @param bytes of the accepted payloads
/// @param scores of the accepted updates, where they were measured
/// @param privacy what was spent, where the server adds noise; then what is not released is left
///   out
/// @param cosines of all pairs of scored updates, where there are 64 of them or fewer: for each but
///   the first those with the updates before it, in the order of the scores, to four decimals
/// @param rootLoss mean loss, on the server's own data, of the model that the round began from
/// @param seconds from the opening of the round to its record
public record RoundReport(
    int round,
    Purpose purpose,
    Outcome outcome,
    int cohort,
    int accepted,
    int late,
    List<Refusal> refusals,
    Optional<Double> loss,
    Optional<Double> evaluationLoss,
    Optional<Double> accuracy,
    Optional<Double> macroF1,
    long bytes,
    double seconds,
    ModelRef model,
    Optional<String> reason,
    List<UpdateScore> scores,
    Optional<PrivacyReport> privacy,
    List<List<Double>> cosines,
    Optional<Double> rootLoss) {
  /// Without what pairs of updates and the server's own data tell.
  public RoundReport(
      int round,
      Purpose purpose,
      Outcome outcome,
      int cohort,
      int accepted,
      int late,
      List<Refusal> refusals,
      Optional<Double> loss,
      Optional<Double> evaluationLoss,
      Optional<Double> accuracy,
      Optional<Double> macroF1,
      long bytes,
      double seconds,
      ModelRef model,
      Optional<String> reason,
      List<UpdateScore> scores,
      Optional<PrivacyReport> privacy) {
    this(
        round,
        purpose,
        outcome,
        cohort,
        accepted,
        late,
        refusals,
        loss,
        evaluationLoss,
        accuracy,
        macroF1,
        bytes,
        seconds,
        model,
        reason,
        scores,
        privacy,
        List.of(),
        Optional.empty());
  }

  /// How a round ended.
  public enum Outcome {
    /// With a new model.
    @JsonProperty("published")
    PUBLISHED,
    /// With metrics alone, as it was meant to.
    @JsonProperty("evaluated")
    EVALUATED,
    /// Without a model: the former one stays.
    @JsonProperty("abandoned")
    ABANDONED
  }
}
