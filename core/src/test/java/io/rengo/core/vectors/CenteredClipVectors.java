package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.CenteredClipping;
import java.util.Arrays;

final class CenteredClipVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double[][] updates = Numbers.matrix(inputs.get("updates"));
    double[][] all = Arrays.copyOf(updates, updates.length + 1);
    all[updates.length] = Numbers.vector(inputs.get("v0"));
    Exact rows = Exact.of(all);
    CenteredClipping rule =
        new CenteredClipping(params.get("tau").asDouble() * rows.unit, params.get("L").asInt());
    return rows.fold(rule.weigh(rows.gram(), new double[updates.length]));
  }
}
