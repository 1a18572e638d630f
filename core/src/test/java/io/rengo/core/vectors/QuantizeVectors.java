package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.codec.FixedPoint;
import java.util.stream.IntStream;

final class QuantizeVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    FixedPoint ring =
        new FixedPoint(
            params.get("scale").asDouble(),
            params.get("clip").asDouble(),
            params.get("bits").asInt());
    double[] v = Numbers.vector(inputs.get("v"));
    boolean stochastic = inputs.has("u");
    return IntStream.range(0, v.length)
        .mapToLong(i ->
            stochastic
                ? ring.stochastic(v[i], inputs.get("u").get(i).asDouble())
                : ring.nearest(v[i]))
        .mapToObj(Long::toUnsignedString)
        .toList();
  }
}
