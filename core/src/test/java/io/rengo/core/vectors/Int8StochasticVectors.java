package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.codec.Int8;
import java.util.Arrays;
import java.util.Map;

final class Int8StochasticVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double[] v = Numbers.vector(inputs.get("v"));
    double[] u = Numbers.vector(inputs.get("u"));
    double scale = Int8.scale(Arrays.stream(v).map(Math::abs).max().orElseThrow());
    int[] q = new int[v.length];
    Arrays.setAll(q, i -> Int8.quantise(v[i], scale, u[i]));
    double[] dequantised = Arrays.stream(q).mapToDouble(level -> level * scale).toArray();
    return Map.of("scale", scale, "q", q, "dequantised", dequantised);
  }
}
