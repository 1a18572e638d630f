package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.FedAvg;
import io.rengo.core.algorithm.Scaffold;
import java.util.Map;

final class ScaffoldVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    Quadratics losses = Quadratics.of(inputs);
    double rate = params.get("lr_local").asDouble();
    VectorRounds rounds =
        new VectorRounds(
            new Scaffold(params.get("option").asInt()),
            inputs,
            params,
            new FedAvg(params.get("lr_global").asDouble()),
            (k, x, shift) ->
                losses.train(k, x, params.get("steps").get(k).asInt(), rate, 0, 0, shift));
    return Map.of("x", rounds.models, "c", rounds.means, "c_i", rounds.own);
  }
}
