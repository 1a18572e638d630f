package io.rengo.protocol;

import io.rengo.core.privacy.Adjacency;

/// What a job has spent after a round. Where this stands in a round's report, the numbers of
/// members and of bytes are 0 and the members' metrics absent: they are not released.
///
/// @param unit whose data is protected: `client`
/// @param samplingRate of the cohort, where amplification is claimed; 1 otherwise
/// @param epsilon spent by the rounds so far
/// @param limit the most that the job may spend
/// @param clipNorm by which this round's updates were clipped
public record PrivacyReport(
    String unit,
    Adjacency adjacency,
    double delta,
    double samplingRate,
    double noiseMultiplier,
    double epsilon,
    double limit,
    double clipNorm) {}
