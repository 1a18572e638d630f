package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.FedAvg;
import io.rengo.core.algorithm.FedDyn;
import java.util.Map;

final class FeddynVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    Quadratics losses = Quadratics.of(inputs);
    FedDyn algorithm = new FedDyn(params.get("alpha").asDouble());
    double mu = algorithm.proximalMu();
    boolean exact = params.get("solver").asText().equals("exact");
    VectorRounds rounds =
        new VectorRounds(
            algorithm,
            inputs,
            params,
            FedAvg.defaults(),
            (k, x, shift) ->
                exact
                    ? losses.minimum(k, x, mu, shift)
                    : losses.train(
                        k,
                        x,
                        params.get("steps").asInt(),
                        params.get("lr").asDouble(),
                        0,
                        mu,
                        shift));
    return Map.of("x", rounds.models, "h", rounds.means);
  }
}
