package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.FedAvg;
import io.rengo.core.algorithm.FedBuff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class FedbuffVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    FedBuff algorithm =
        new FedBuff(
            params.get("K").asInt(),
            params.get("a").asDouble(),
            params.get("normalise").asBoolean(),
            100);
    FedAvg server = new FedAvg(params.get("lr_global").asDouble());
    double[] model = Numbers.vector(inputs.get("x0"));
    List<double[]> models = new ArrayList<>();
    List<double[]> buffer = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (JsonNode arrival : inputs.get("arrivals")) {
      buffer.add(Numbers.vector(arrival.get("delta")));
      weights.add(algorithm.weight(models.size() - arrival.get("base_version").asInt()));
      if (buffer.size() == algorithm.size()) {
        double[] counts = weights.stream().mapToDouble(Double::doubleValue).toArray();
        double[] delta = Numbers.mean(buffer.toArray(double[][]::new), counts);
        double factor = algorithm.factor(counts);
        for (int i = 0; i < delta.length; i++) {
          delta[i] *= factor;
        }
        server.step(model, delta, new double[0][], models.size());
        models.add(model.clone());
        buffer.clear();
        weights.clear();
      }
    }
    return Map.of("x", models, "version", models.size(), "pending", buffer.size());
  }
}
