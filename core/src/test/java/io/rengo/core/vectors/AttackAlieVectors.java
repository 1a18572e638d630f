package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.attack.LittleIsEnough;
import java.util.Map;

final class AttackAlieVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    LittleIsEnough attack = new LittleIsEnough(params.get("n").asInt(), params.get("m").asInt());
    return Map.of(
        "z_max",
        attack.deviations().orElseThrow(),
        "vector",
        attack.update(Numbers.matrix(inputs.get("honest"))));
  }
}
