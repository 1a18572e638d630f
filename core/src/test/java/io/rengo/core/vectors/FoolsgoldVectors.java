package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.FoolsGold;
import io.rengo.core.aggregation.Weight;
import java.util.Arrays;

final class FoolsgoldVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double[][] sums = Numbers.matrix(inputs.get("history_sums"));
    int n = sums.length;
    double[][] all = Arrays.copyOf(sums, 2 * n);
    Arrays.fill(all, n, 2 * n, new double[sums[0].length]);
    return new FoolsGold(params.get("kappa").asDouble())
        .weigh(Exact.of(all).gram(), new double[n]).updates().stream()
            .map(Weight::coefficient)
            .toList();
  }
}
