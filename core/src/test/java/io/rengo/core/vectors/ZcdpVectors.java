package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.Zcdp;
import java.util.Map;

final class ZcdpVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double rho = params.get("rho").asDouble();
    double delta = params.get("delta").asDouble();
    return Map.of(
        "eps_simple", Zcdp.simpleEpsilon(rho, delta), "eps_tight", Zcdp.epsilon(rho, delta));
  }
}
