package io.rengo.protocol;

import io.rengo.core.MetricSums;
import java.util.Optional;

/// An update that counts.
///
/// @param etag version of its manifest, by which a second delivery of the same update is known
/// @param payloadKey the object that holds its parameters; empty for an evaluation
/// @param payloadSize bytes of that object
/// @param epsilon that the member says it has spent on the job
/// @param sealed what the payload is sealed for; empty where it is not
/// @param dataOffset byte at which the parameters begin in the payload's content
/// @param round that the member was asked in: where updates are buffered, not that in which it
///   counts
/// @param baseVersion version of the model that it begins from
/// @param approval the data owner's word for the job, as the member says it
/// @param audit what the member found of the model, where that was the task
public record AcceptedUpdate(
    String member,
    String etag,
    String payloadKey,
    long payloadSize,
    Optional<KeyContext> sealed,
    long dataOffset,
    long examples,
    long steps,
    double loss,
    MetricSums evaluation,
    double seconds,
    int round,
    int baseVersion,
    Optional<Double> epsilon,
    Optional<AuditCounts> audit,
    Optional<Approval> approval) {
  /// An update of a member that hides nothing.
  public AcceptedUpdate(
      String member,
      String etag,
      String payloadKey,
      long payloadSize,
      Optional<KeyContext> sealed,
      long dataOffset,
      long examples,
      long steps,
      double loss,
      MetricSums evaluation,
      double seconds,
      int round,
      int baseVersion) {
    this(
        member,
        etag,
        payloadKey,
        payloadSize,
        sealed,
        dataOffset,
        examples,
        steps,
        loss,
        evaluation,
        seconds,
        round,
        baseVersion,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
