package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.GeometricMedian;
import java.util.Map;

final class RfaVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double[][] updates = Numbers.matrix(inputs.get("updates"));
    Exact rows = Exact.of(updates);
    double[] weights = Numbers.vector(inputs.get("weights"));
    boolean converged = params.get("iters").isTextual();
    GeometricMedian rule =
        new GeometricMedian(
            0,
            converged ? 100_000 : params.get("iters").asInt(),
            params.get("nu").asDouble() * rows.unit,
            true);
    double[] point = rows.fold(rule.weigh(rows.gram(), weights));
    if (!converged) {
      return point;
    }
    double sum = 0;
    for (double[] update : updates) {
      sum += norm(Numbers.minus(update, point));
    }
    return Map.of("point", point, "objective_mean_distance", sum / updates.length);
  }

  private static double norm(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
