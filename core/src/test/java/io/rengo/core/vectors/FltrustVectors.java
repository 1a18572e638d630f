package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.FlTrust;
import io.rengo.core.aggregation.Gram;
import java.util.Arrays;
import java.util.Map;

final class FltrustVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double[][] updates = Numbers.matrix(inputs.get("updates"));
    int n = updates.length;
    double[][] all = Arrays.copyOf(updates, n + 1);
    all[n] = Numbers.vector(inputs.get("server_update"));
    Exact rows = Exact.of(all);
    Gram gram = rows.gram();
    return Map.of(
        "trust",
        FlTrust.trust(gram, n),
        "vector",
        rows.fold(new FlTrust("root").weigh(gram, new double[n])));
  }
}
