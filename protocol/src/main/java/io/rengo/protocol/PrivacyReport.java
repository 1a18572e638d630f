package io.rengo.protocol;

import io.rengo.core.privacy.Adjacency;

/// What a job has spent after a round. Members' metrics are then absent from a round's report, and
/// with the mechanism `central` the numbers of members and of bytes are 0: they are not released.
///
/// @param unit whose data is protected: `client`, or `example`
/// @param samplingRate of the cohort, where amplification is claimed; 1 otherwise
/// @param epsilon spent by the rounds so far; with `dp-sgd` the largest that a member of this round
///   says it has
/// @param limit the most that the job may spend
/// @param clipNorm by which this round's updates were clipped
public record PrivacyReport(
    PrivacySpec.Mechanism mechanism,
    String unit,
    Adjacency adjacency,
    double delta,
    double samplingRate,
    double noiseMultiplier,
    double epsilon,
    double limit,
    double clipNorm) {}
