package io.rengo.protocol;

import io.rengo.core.aggregation.Decision;
import java.util.Optional;

/// What became of an accepted update, and how unusual it was.
///
/// @param share of the update in the aggregate, from 0 to 1
/// @param reason why it does not simply count; empty where it does
/// @param norm of the update; it and what follows are there where updates were measured
/// @param normZ robust z-score of the norm among the round's; at most a million in magnitude
/// @param cosineToAggregate what the round came to
/// @param cosineToMedian the coordinate median of the round
/// @param nearest the member whose update points most nearly the same way
/// @param nearestCosine of the two
/// @param towardsRoot what the update takes off the loss on the server's own data, to first order,
///   as a share of what the root's update takes off (as Zeno++ estimates it: Xie, Koyejo and Gupta
///   2020); there where the rule has a root
public record UpdateScore(
    String member,
    Decision decision,
    double share,
    String reason,
    Optional<Double> norm,
    Optional<Double> normZ,
    Optional<Double> cosineToAggregate,
    Optional<Double> cosineToMedian,
    Optional<String> nearest,
    Optional<Double> nearestCosine,
    Optional<Double> towardsRoot) {
  /// Where the server has no data of its own.
  public UpdateScore(
      String member,
      Decision decision,
      double share,
      String reason,
      Optional<Double> norm,
      Optional<Double> normZ,
      Optional<Double> cosineToAggregate,
      Optional<Double> cosineToMedian,
      Optional<String> nearest,
      Optional<Double> nearestCosine) {
    this(
        member,
        decision,
        share,
        reason,
        norm,
        normZ,
        cosineToAggregate,
        cosineToMedian,
        nearest,
        nearestCosine,
        Optional.empty());
  }
}
