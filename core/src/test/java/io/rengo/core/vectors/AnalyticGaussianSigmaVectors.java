package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.Gaussian;

final class AnalyticGaussianSigmaVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    return Gaussian.sigma(
        params.get("epsilon").asDouble(),
        params.get("delta").asDouble(),
        params.get("sensitivity").asDouble());
  }
}
