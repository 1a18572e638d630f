package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

final class DpSgdStepVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double[][] gradients = Numbers.matrix(inputs.get("per_example_grads"));
    double[] weights = new double[gradients.length];
    Arrays.fill(weights, 1);
    double[] mean =
        ClippedSums.average(
            gradients,
            weights,
            params.get("C").asDouble(),
            Numbers.vector(inputs.get("noise")),
            params.get("expected_lot").asDouble());
    double rate = params.get("lr").asDouble();
    return Numbers.minus(
        Numbers.vector(inputs.get("w")), Arrays.stream(mean).map(each -> rate * each).toArray());
  }
}
