package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.ServerOptimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rounds of a server optimiser over given models of the members.
final class ServerRounds {
  private ServerRounds() {}

  /// The model after each of the rounds of `inputs`.
  static List<double[]> run(JsonNode inputs, ServerOptimizer optimizer) {
    double[] model = Numbers.vector(inputs.get("x0"));
    double[][] state = optimizer.initialState(model.length);
    var models = new ArrayList<double[]>();
    for (JsonNode round : inputs.get("rounds")) {
      double[] before = model.clone();
      double[][] updates =
          Arrays.stream(Numbers.matrix(round.get("models")))
              .map(member -> Numbers.minus(member, before))
              .toArray(double[][]::new);
      double[] delta = Numbers.mean(updates, Numbers.vector(round.get("n")));
      optimizer.step(model, delta, state, models.size());
      models.add(model.clone());
    }
    return models;
  }
}
