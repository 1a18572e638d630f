package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.FedAvg;
import io.rengo.core.algorithm.FedNova;
import io.rengo.core.algorithm.LocalSteps;
import java.util.ArrayList;
import java.util.List;

final class FednovaVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    FedNova algorithm = new FedNova();
    Quadratics losses = Quadratics.of(inputs);
    LocalSteps local =
        new LocalSteps(
            params.get("lr").asDouble(),
            params.get("momentum").asDouble(),
            params.get("mu").asDouble());
    double[] examples = Numbers.vector(inputs.get("p"));
    long[] steps = params.get("taus").valueStream().mapToLong(JsonNode::asLong).toArray();
    double[] model = Numbers.vector(inputs.get("x0"));
    List<double[]> models = new ArrayList<>();
    for (int round = 0; round < params.get("rounds").asInt(); round++) {
      double[][] updates = new double[examples.length][];
      double[] weights = new double[examples.length];
      for (int k = 0; k < updates.length; k++) {
        double[] trained =
            losses.train(
                k,
                model,
                (int) steps[k],
                local.rate(),
                local.momentum(),
                local.proximalMu(),
                new double[model.length]);
        updates[k] = Numbers.minus(trained, model);
        weights[k] = algorithm.weight(examples[k], steps[k], local);
      }
      double[] delta = Numbers.mean(updates, weights);
      double factor = algorithm.factor(examples, steps, local);
      for (int i = 0; i < delta.length; i++) {
        delta[i] *= factor;
      }
      FedAvg.defaults().step(model, delta, new double[0][], round);
      models.add(model.clone());
    }
    return models;
  }
}
