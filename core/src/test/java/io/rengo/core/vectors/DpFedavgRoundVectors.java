package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;

final class DpFedavgRoundVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    return ClippedSums.average(
        Numbers.matrix(inputs.get("deltas")),
        Numbers.vector(inputs.get("weights")),
        params.get("S").asDouble(),
        Numbers.vector(inputs.get("noise")),
        params.get("qW").asDouble());
  }
}
