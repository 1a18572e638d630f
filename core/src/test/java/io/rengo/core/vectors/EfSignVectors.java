package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.codec.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class EfSignVectors implements Operation {
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
      double scale = Sign.scale(error, 0, error.length);
      for (int i = 0; i < error.length; i++) {
        now[i] = scale * Math.signum(error[i]);
        error[i] -= now[i];
      }
      sent.add(now);
    }
    return Map.of("sent", sent, "residual", error);
  }
}
