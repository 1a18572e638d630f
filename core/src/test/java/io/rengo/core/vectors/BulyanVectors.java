package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.Bulyan;
import java.util.List;
import java.util.Map;

final class BulyanVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    Exact rows = Exact.of(Numbers.matrix(inputs.get("updates")));
    Bulyan rule = new Bulyan(params.get("f").asInt());
    List<Integer> picks = rule.picks(rows.gram(), inputs.get("updates").size());
    return Map.of(
        "selected_in_order",
        picks,
        "vector",
        rows.fold(picks, rule.statistic(picks.size()).orElseThrow()));
  }
}
