package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.Decision;
import io.rengo.core.aggregation.MultiKrum;
import io.rengo.core.aggregation.Weighing;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

final class MultiKrumVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    Exact rows = Exact.of(Numbers.matrix(inputs.get("updates")));
    int n = inputs.get("updates").size();
    MultiKrum rule = new MultiKrum(params.get("f").asInt(), Optional.of(params.get("m").asInt()));
    Weighing weighing = rule.weigh(rows.gram(), new double[n]);
    int[] selected =
        IntStream.range(0, n)
            .filter(i -> weighing.updates().get(i).decision() == Decision.COUNTED)
            .toArray();
    return Map.of("selected_sorted", selected, "vector", rows.fold(weighing));
  }
}
