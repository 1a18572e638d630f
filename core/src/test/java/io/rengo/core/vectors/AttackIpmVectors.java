package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.attack.InnerProduct;

final class AttackIpmVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    return new InnerProduct(params.get("eps").asDouble())
        .update(Numbers.matrix(inputs.get("honest")));
  }
}
