package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.Decision;
import io.rengo.core.aggregation.Flame;
import io.rengo.core.aggregation.Gram;
import io.rengo.core.aggregation.Weighing;
import java.util.Map;
import java.util.stream.IntStream;

final class FlameLikeVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    Exact rows = Exact.of(Numbers.matrix(inputs.get("deltas")));
    int n = inputs.get("deltas").size();
    Gram gram = rows.gram();
    Weighing weighing = new Flame(0).weigh(gram, new double[n]);
    int[] admitted =
        IntStream.range(0, n)
            .filter(i -> weighing.updates().get(i).decision() != Decision.EXCLUDED)
            .toArray();
    double[] model = Numbers.vector(inputs.get("global"));
    double[] delta = rows.fold(weighing);
    for (int i = 0; i < model.length; i++) {
      model[i] += delta[i];
    }
    return Map.of("admitted", admitted, "clip", Flame.clip(gram, n) / rows.unit, "model", model);
  }
}
