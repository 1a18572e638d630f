package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.NormClippedMean;
import java.util.Optional;

final class NormClipMeanVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    Exact rows = Exact.of(Numbers.matrix(inputs.get("updates")));
    double norm = params.get("C").asDouble() * rows.unit;
    return rows.fold(
        new NormClippedMean(Optional.of(norm), false)
            .weigh(rows.gram(), new double[inputs.get("updates").size()]));
  }
}
