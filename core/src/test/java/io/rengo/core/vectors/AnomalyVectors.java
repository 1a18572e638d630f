package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.aggregation.CoordinateMedian;
import io.rengo.core.aggregation.Gram;
import io.rengo.core.aggregation.Scores;
import java.util.Arrays;
import java.util.Map;

final class AnomalyVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double[][] updates = Numbers.matrix(inputs.get("updates"));
    int n = updates.length;
    Exact rows = Exact.of(updates);
    double[] median = rows.fold(new CoordinateMedian(0).statistic(n).orElseThrow());
    double[][] all = Arrays.copyOf(updates, n + 1);
    all[n] = Arrays.stream(median).map(value -> 2 * value).toArray();
    Gram gram = Exact.of(all).gram();
    double[] norms = rows.back(gram.norms(n));
    double[] distances = new double[n];
    for (int i = 0; i < n; i++) {
      distances[i] = 1 - gram.cosine(i, n);
    }
    return Map.of(
        "norms", norms,
        "mad_score_of_norms", Scores.robustZ(norms),
        "z_ddof0_of_norms", z(norms, n),
        "z_ddof1_of_norms", z(norms, n - 1),
        "cosine_matrix", Scores.cosines(gram, n),
        "cosine_distance_to_coordinate_median", distances);
  }

  /// The plain z-score, which the product does not use: among ten or fewer it never passes 3.
  private static double[] z(double[] values, int divisor) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / divisor;
    return Arrays.stream(values).map(v -> (v - mean) / Math.sqrt(variance)).toArray();
  }
}
