package io.rengo.agent;

import io.rengo.core.MetricSums;
import io.rengo.protocol.AuditCounts;
import io.rengo.protocol.UpdateManifest.Payload;
import java.util.Optional;

/// What was done of a task.
record Work(
    Optional<Payload> payload,
    long examples,
    long steps,
    double loss,
    MetricSums evaluation,
    Optional<Double> epsilon,
    Optional<AuditCounts> audit) {}
