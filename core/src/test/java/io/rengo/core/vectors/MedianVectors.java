package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.CoordinateMedian;

final class MedianVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    Exact rows = Exact.of(Numbers.matrix(inputs.get("updates")));
    int n = inputs.get("updates").size();
    return rows.fold(new CoordinateMedian(0).statistic(n).orElseThrow());
  }
}
