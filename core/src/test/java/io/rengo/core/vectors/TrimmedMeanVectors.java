package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.TrimmedMean;

final class TrimmedMeanVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    Exact rows = Exact.of(Numbers.matrix(inputs.get("updates")));
    int n = inputs.get("updates").size();
    return rows.fold(new TrimmedMean(params.get("b").asInt()).statistic(n).orElseThrow());
  }
}
