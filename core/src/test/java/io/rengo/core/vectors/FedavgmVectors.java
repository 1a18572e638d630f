package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.FedAvgM;

final class FedavgmVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    return ServerRounds.run(
        inputs,
        new FedAvgM(
            params.get("lr").asDouble(),
            params.get("momentum").asDouble(),
            params.get("nesterov").asBoolean()));
  }
}
