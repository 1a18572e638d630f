package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.codec.Largest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class TopkErrorFeedbackVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double[][] gradients = Numbers.matrix(inputs.get("grads"));
    double[] error = new double[gradients[0].length];
    List<double[]> sent = new ArrayList<>();
    for (double[] gradient : gradients) {
      double[] now = new double[error.length];
      for (int i = 0; i < error.length; i++) {
        error[i] += gradient[i];
      }
      for (int index : Largest.of(error, params.get("k").asInt())) {
        now[index] = error[index];
        error[index] = 0;
      }
      sent.add(now);
    }
    return Map.of("sent", sent, "residual", error);
  }
}
