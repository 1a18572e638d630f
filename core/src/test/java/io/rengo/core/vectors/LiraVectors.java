package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.MembershipInference;

final class LiraVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    return MembershipInference.likelihoodRatio(
        Numbers.vector(inputs.get("conf_in")),
        Numbers.vector(inputs.get("conf_out")),
        inputs.get("conf_target").asDouble(),
        params.get("var_floor").asDouble());
  }
}
