package io.rengo.protocol;

import io.rengo.core.MetricSums;

/// What a region's members sent in a round, as one update. The mean itself lies in a file of its
/// own, float32 in the model's layout.
///
/// @param outcome of the region's round: abandoned where there is no mean
/// @param members whose updates are in it
/// @param examples of all of them, each member's capped
/// @param steps of all of them
/// @param loss their mean training loss, weighted by examples
/// @param reason why the round was abandoned; empty otherwise
public record RegionSum(
    RoundReport.Outcome outcome,
    int members,
    long examples,
    long steps,
    double loss,
    MetricSums evaluation,
    String reason) {}
