package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;

final class FedavgVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    return Numbers.mean(Numbers.matrix(inputs.get("models")), Numbers.vector(inputs.get("n")));
  }
}
