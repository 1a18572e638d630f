package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a round is for.
public enum Purpose {
  /// Members evaluate the model that they receive, train it and send their updates.
  @JsonProperty("train")
  TRAIN,
  /// Members evaluate the model and send the metrics alone.
  @JsonProperty("evaluate")
  EVALUATE,
  /// Members try what the model remembers of their data and send counts alone.
  @JsonProperty("audit")
  AUDIT
}
