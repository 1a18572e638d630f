package io.rengo.protocol;

import io.rengo.core.MetricSums;
import java.util.Optional;

/// A member's answer to a task: it says what the payload is and what the member counted.
///
/// @param version of this message, now 1
/// @param baseVersion version of the model that the update begins from
/// @param layoutHash hash of the layout of the payload's tensors
/// @param payload the parameters' change, absent from an evaluation, and where the member has spent
///   what it may of its privacy, as `epsilon` then says
/// @param examples rows trained on (or evaluated on)
/// @param steps minibatches done
/// @param loss mean loss in the course of the training
/// @param evaluation of the received model on the member's hold-out
/// @param epsilon that the member says it has spent on the job, where it adds noise itself; then
///   its counts are 1 and its metrics absent
/// @param audit what the member found, where that was the task
/// @param approval the data owner's word for the job, where the member's policy demands one
/// @param declined why the member does not do the task, if so; then nothing else of it counts. What
///   exactly went wrong may tell of its data, and stays with the member
/// @param seconds from taking the task to sending the update
public record UpdateManifest(
    int version,
    String job,
    int round,
    String member,
    int baseVersion,
    String layoutHash,
    Optional<Payload> payload,
    long examples,
    long steps,
    double loss,
    MetricSums evaluation,
    double seconds,
    Optional<Double> epsilon,
    Optional<AuditCounts> audit,
    Optional<Approval> approval,
    Optional<ErrorCode> declined) {
  /// An update of a member that hides nothing.
  public UpdateManifest(
      int version,
      String job,
      int round,
      String member,
      int baseVersion,
      String layoutHash,
      Optional<Payload> payload,
      long examples,
      long steps,
      double loss,
      MetricSums evaluation,
      double seconds) {
    this(
        version,
        job,
        round,
        member,
        baseVersion,
        layoutHash,
        payload,
        examples,
        steps,
        loss,
        evaluation,
        seconds,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The answer of a member that does not do the task.
  public static UpdateManifest declining(Task task, ErrorCode why) {
    return new UpdateManifest(
        VERSION,
        task.job(),
        task.round(),
        task.member(),
        task.model().version(),
        task.model().layoutHash(),
        Optional.empty(),
        1,
        0,
        0,
        MetricSums.ZERO,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(why));
  }

  /// The same update with the data owner's word for its job.
  public UpdateManifest with(Approval word) {
    return new UpdateManifest(
        version,
        job,
        round,
        member,
        baseVersion,
        layoutHash,
        payload,
        examples,
        steps,
        loss,
        evaluation,
        seconds,
        epsilon,
        audit,
        Optional.of(word),
        declined);
  }

  /// The version that this program writes and understands.
  public static final int VERSION = 1;

  /// The most bytes a manifest may have.
  public static final int MAX_BYTES = 1 << 20;

  /// An update's parameters: a safetensors file.
  ///
  /// @param sha256 of the whole file, in lower-case hex
  /// @param size bytes of the file
  public record Payload(String sha256, long size) {
    public Payload {
      if (!ObjectKeys.isSha256(sha256) || size < 0) {
        throw new RengoException(
            ErrorCode.MANIFEST_INVALID,
            "the payload «" + sha256 + "» of " + size + " bytes cannot be",
            "payload",
            "Give the SHA-256 of the file in lower-case hex, and its size");
      }
    }
  }
}
