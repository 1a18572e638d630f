package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.FedAvg;
import java.util.ArrayList;

/// The server's half is the product's; the members' gradient steps on their quadratics `w'Aw/2 -
/// b'w` with the proximal term `mu (w - x)` are made here.
final class FedproxVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double[] model = Numbers.vector(inputs.get("x0"));
    double[] weights = Numbers.vector(inputs.get("p"));
    var server = FedAvg.defaults();
    var models = new ArrayList<double[]>();
    for (int round = 0; round < params.get("rounds").asInt(); round++) {
      var updates = new double[weights.length][];
      for (int k = 0; k < weights.length; k++) {
        double[] local = train(model, inputs, params, k);
        updates[k] = Numbers.minus(local, model);
      }
      server.step(model, Numbers.mean(updates, weights), server.initialState(model.length), round);
      models.add(model.clone());
    }
    return models;
  }

  private static double[] train(double[] received, JsonNode inputs, JsonNode params, int k) {
    double[][] a = Numbers.matrix(inputs.get("A").get(k));
    double[] b = Numbers.vector(inputs.get("b").get(k));
    double mu = params.get("mu").asDouble();
    double rate = params.get("lr").asDouble();
    double[] w = received.clone();
    for (int step = 0; step < params.get("steps").get(k).asInt(); step++) {
      double[] before = w.clone();
      for (int i = 0; i < w.length; i++) {
        double gradient = -b[i];
        for (int j = 0; j < w.length; j++) {
          gradient += a[i][j] * before[j];
        }
        w[i] -= rate * (gradient + mu * (before[i] - received[i]));
      }
    }
    return w;
  }
}
