package io.rengo.protocol.trust;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a signed message is; a signature of one kind is none of another.
public enum Kind {
  /// A member's manifest of an update.
  @JsonProperty("update")
  UPDATE,
  /// What a member is asked to do.
  @JsonProperty("task")
  TASK,
  /// A page of a job's ledger.
  @JsonProperty("ledger")
  LEDGER,
  /// What a member without credentials of its own asks of the federation.
  @JsonProperty("request")
  REQUEST
}
