package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.DistributedNoise;

final class SkellamRdpVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    return DistributedNoise.skellam(
        params.get("alpha").asInt(),
        params.get("mu_total_variance").asDouble(),
        params.get("l2").asDouble(),
        params.get("l1").asDouble());
  }
}
