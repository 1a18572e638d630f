package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.DistributedNoise;
import java.util.Map;

final class DistributedDiscreteGaussianVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    int members = params.get("n").asInt();
    double sigma = params.get("sigma_local").asDouble();
    return Map.of(
        "tau", DistributedNoise.tau(members, sigma),
        "rdp",
            DistributedNoise.discreteGaussian(
                params.get("alpha").asDouble(),
                members,
                sigma,
                params.get("l2").asDouble(),
                params.get("l1").asDouble(),
                params.get("d").asLong()));
  }
}
