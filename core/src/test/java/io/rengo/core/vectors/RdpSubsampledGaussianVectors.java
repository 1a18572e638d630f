package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.Renyi;
import io.rengo.core.privacy.SampledGaussian;
import java.util.Arrays;

final class RdpSubsampledGaussianVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    SampledGaussian release =
        new SampledGaussian(params.get("q").asDouble(), params.get("sigma").asDouble(), 1);
    return Arrays.stream(Numbers.vector(params.get("orders")))
        .map(order -> Renyi.divergence(release, order, Adjacency.ADD_REMOVE))
        .toArray();
  }
}
