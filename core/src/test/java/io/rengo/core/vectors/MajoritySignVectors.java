package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.SignMajority;

final class MajoritySignVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    Exact rows = Exact.of(Numbers.matrix(inputs.get("grads")));
    double[] signs =
        rows.fold(new SignMajority(0, 1).statistic(inputs.get("grads").size()).orElseThrow());
    for (int i = 0; i < signs.length; i++) {
      signs[i] = Math.signum(signs[i]);
    }
    return signs;
  }
}
