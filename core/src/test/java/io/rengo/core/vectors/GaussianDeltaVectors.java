package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.Gaussian;

final class GaussianDeltaVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    return Gaussian.delta(
        params.get("sigma").asDouble(),
        params.get("epsilon").asDouble(),
        params.get("sensitivity").asDouble());
  }
}
