package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.RdpAccountant;
import io.rengo.core.privacy.Renyi;
import io.rengo.core.privacy.SampledGaussian;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

final class RdpEpsilonVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    List<SampledGaussian> releases =
        List.of(
            new SampledGaussian(
                params.get("q").asDouble(),
                params.get("sigma").asDouble(),
                params.get("steps").asLong()));
    double delta = params.get("delta").asDouble();
    double[] orders = Numbers.vector(params.get("orders"));
    RdpAccountant accountant = new RdpAccountant(Adjacency.ADD_REMOVE);
    return params.get("conversion").asText().equals("CKS2020")
        ? accountant.best(releases, delta, orders)
        : Map.of(
            "epsilon",
            Arrays.stream(orders)
                .map(order ->
                    Renyi.firstEpsilon(order, accountant.divergence(releases, order), delta))
                .min()
                .orElseThrow());
  }
}
