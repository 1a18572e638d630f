package io.rengo.protocol;

/// Why something was refused or failed. The codes are part of the protocol: they stand in records,
/// reports and exit messages, and are explained one by one in the reference documentation.
public enum ErrorCode {
  // An update that is refused; the round goes on without it.
  /// The manifest is not the JSON that it must be.
  MANIFEST_INVALID,
  /// No payload under the key that the manifest names.
  PAYLOAD_MISSING,
  /// The payload has another hash than the manifest says.
  PAYLOAD_HASH,
  /// The payload is shorter than the manifest says.
  PAYLOAD_TRUNCATED,
  /// The payload is longer than the manifest says, or than any update of this job may be.
  PAYLOAD_OVERSIZED,
  /// The payload's tensors are not those of the model.
  LAYOUT_MISMATCH,
  /// The payload's header cannot be read.
  PAYLOAD_INVALID,
  /// The payload is not sealed, and this federation's must be.
  UPDATE_UNSEALED,
  /// The payload or its key is not what was sealed for this member, round and job.
  SEAL_BROKEN,
  /// The message is not signed, and this federation's must be.
  SIGNATURE_MISSING,
  /// The signature is not that of the message and its signer.
  SIGNATURE_INVALID,
  /// The federation did not issue the signer's certificate.
  CERTIFICATE_UNTRUSTED,
  /// The signer's certificate is not valid yet, or no longer.
  CERTIFICATE_EXPIRED,
  /// The signer's certificate was revoked.
  CERTIFICATE_REVOKED,
  /// The signer's certificate is one for somebody else, or for another role.
  CERTIFICATE_ROLE,
  /// The manifest was signed for another round, job or member.
  MANIFEST_REPLAYED,
  /// The payload's tensors are not those of the job's encoding.
  ENCODING_MISMATCH,
  /// What the encoding writes beside the values (counts, indices, scales) is broken.
  ENCODING_INVALID,
  /// The example count is zero, negative or beyond the limit.
  EXAMPLE_COUNT,
  /// The number of steps is zero, or more than the examples allow.
  STEP_COUNT,
  /// NaN or infinite, in a metric or in the parameters.
  NON_FINITE,
  /// The federation has no such member.
  MEMBER_UNKNOWN,
  /// The member was not selected for this round.
  NOT_IN_COHORT,
  /// The round is closed: the update came late.
  ROUND_CLOSED,
  /// The job has no such round.
  ROUND_UNKNOWN,
  /// The update begins from a model that is too many versions old.
  UPDATE_STALE,
  /// The member already has an update in this round.
  UPDATE_DUPLICATE,
  /// The member does not do the task, and says so.
  MEMBER_DECLINED,

  // A round that is abandoned, or a job that ends.
  /// Fewer updates than the quorum.
  QUORUM_MISSED,
  /// Fewer updates than the aggregation rule needs.
  BELOW_BOUND,
  /// The next round would spend more of the members' privacy than there is.
  PRIVACY_SPENT,
  /// The job's rounds failed more often than it allows.
  RETRIES_EXHAUSTED,
  /// Someone stopped the job.
  JOB_ABORTED,

  // Input that is refused before anything runs.
  /// The job file breaks a rule.
  JOB_INVALID,
  /// The job file claims a privacy that its job would not give.
  PRIVACY_REFUSED,
  /// The configuration of the agent or of a command breaks a rule.
  CONFIG_INVALID,
  /// The data cannot be read.
  DATA_INVALID,
  /// A message is not of the form or version that this program understands.
  MESSAGE_INVALID,
  /// The task cannot be done by this agent.
  TASK_INVALID,

  /// The model remembers more than its job allows, or nobody has looked.
  PROMOTION_REFUSED,

  /// The model is not the one that the federation names.
  MODEL_UNTRUSTED,
  /// The task goes back to a model or a round that is older than what this agent has seen.
  TASK_ROLLED_BACK,
  /// The member's policy does not allow what the task asks for.
  POLICY_REFUSED,
  /// The member's data owner has not approved the job.
  JOB_UNAPPROVED,
  /// A ledger was changed, or something is missing from it.
  LEDGER_BROKEN,

  // The world around.
  /// No object under a key where one must be.
  OBJECT_MISSING,
  /// No queue of that name.
  QUEUE_MISSING,
  /// No job of that name.
  JOB_UNKNOWN,
  /// A record changed between reading and writing more often than was tried again.
  CONFLICT,
  /// A service did not answer, or answered with an error that may pass.
  SERVICE_UNAVAILABLE,
  /// The service refused the credentials.
  ACCESS_DENIED,
  /// A trainer failed.
  TRAINING_FAILED,
  /// A state machine's definition is not valid.
  DEFINITION_INVALID,
  /// Something that this program needs is not installed.
  PREREQUISITE_MISSING
}
