package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.DistributedNoise;

final class RoundedL2BoundVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    return DistributedNoise.roundedNorm(
        params.get("c").asDouble() / params.get("gamma").asDouble(),
        params.get("d").asLong(),
        params.get("beta").asDouble());
  }
}
