package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How members get a round's model.
public enum Downlink {
  /// Whole.
  @JsonProperty("full")
  FULL,
  /// As what changed since the one that the member has, without loss; whole where it has none.
  @JsonProperty("delta")
  DELTA
}
