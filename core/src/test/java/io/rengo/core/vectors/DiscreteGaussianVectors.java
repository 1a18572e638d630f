package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.DiscreteGaussian;
import java.util.Map;
import java.util.stream.LongStream;

final class DiscreteGaussianVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    DiscreteGaussian noise = new DiscreteGaussian(params.get("sigma").asDouble());
    return Map.of(
        "pmf", LongStream.rangeClosed(-8, 8).mapToDouble(noise::probability).toArray(),
        "variance", noise.variance());
  }
}
