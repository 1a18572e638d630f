package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.FedAvg;
import io.rengo.core.algorithm.ClientAlgorithm;
import io.rengo.core.algorithm.LocalWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Rounds of an algorithm whose members keep vectors, on quadratics.
final class VectorRounds {
  /// What a member's training comes to.
  interface Local {
    double[] train(int member, double[] received, double[] shift);
  }

  final List<double[]> models = new ArrayList<>();
  final List<double[]> means = new ArrayList<>();
  final double[][] own;

  VectorRounds(
      ClientAlgorithm algorithm, JsonNode inputs, JsonNode params, FedAvg server, Local local) {
    Quadratics losses = Quadratics.of(inputs);
    double[] model = Numbers.vector(inputs.get("x0"));
    double[] mean = new double[model.length];
    own = new double[losses.members()][model.length];
    for (JsonNode scheduled : params.get("schedule")) {
      int[] cohort = scheduled.valueStream().mapToInt(JsonNode::asInt).toArray();
      double[] received = model.clone();
      double[] before = new double[model.length];
      double[] now = new double[model.length];
      double[] shared = algorithm.sharesMean() ? mean.clone() : new double[model.length];
      List<double[]> updates = new ArrayList<>();
      for (int k : cohort) {
        double[] trained = local.train(k, received, algorithm.shift(own[k], shared));
        add(before, own[k]);
        own[k] =
            algorithm.next(
                new LocalWork(
                    received,
                    trained,
                    params.path("steps").isArray() ? params.get("steps").get(k).asLong() : 1,
                    params.path("lr_local").asDouble(1),
                    own[k],
                    shared,
                    Optional.of(losses.gradient(k, received))));
        add(now, own[k]);
        updates.add(Numbers.minus(trained, received));
      }
      ClientAlgorithm.moveMean(mean, now, before, losses.members());
      double[] weights = new double[cohort.length];
      Arrays.fill(weights, 1);
      double[] delta = Numbers.mean(updates.toArray(double[][]::new), weights);
      algorithm.correct(delta, mean);
      server.step(model, delta, server.initialState(model.length), models.size());
      models.add(model.clone());
      means.add(mean.clone());
    }
  }

  private static void add(double[] sum, double[] vector) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += vector[i];
    }
  }
}
