package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.Decision;
import io.rengo.core.aggregation.Gram;
import io.rengo.core.aggregation.Krum;
import io.rengo.core.aggregation.Weighing;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

final class KrumVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    Exact rows = Exact.of(Numbers.matrix(inputs.get("updates")));
    int n = inputs.get("updates").size();
    Krum krum = new Krum(params.get("f").asInt());
    Gram gram = rows.gram();
    Weighing weighing = krum.weigh(gram, new double[n]);
    int index =
        IntStream.range(0, n)
            .filter(i -> weighing.updates().get(i).decision() == Decision.COUNTED)
            .findFirst()
            .orElseThrow();
    double[] scores =
        Arrays.stream(krum.scores(gram, n)).map(score -> score / (rows.unit * rows.unit)).toArray();
    return Map.of("scores", scores, "index", index, "vector", rows.fold(weighing));
  }
}
