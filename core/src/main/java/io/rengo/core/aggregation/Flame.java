package io.rengo.core.aggregation;

import io.rengo.core.Range;
import java.util.Arrays;

/// Admits the majority that points the same way, and clips it to the median of all norms: the first
/// two of FLAME's three means (Nguyen et al. 2022, "FLAME: Taming Backdoors in Federated
/// Learning"). Where the paper clusters by HDBSCAN, this takes the tightest ball that holds a
/// majority: the update whose `n/2 + 1`-th smallest cosine distance, its own included, is the
/// least, and all within that distance of it. The third means, noise, is central differential
/// privacy, which a job switches on by itself.
///
/// @param byzantine hostile updates to withstand, 0 or more
public record Flame(int byzantine) implements Rule {
  public Flame {
    Range.notNegative("byzantine", byzantine);
  }

  @Override
  public Measure measure() {
    return Measure.GRAM;
  }

  @Override
  public int fewest() {
    return 2 * byzantine + 1;
  }

  @Override
  public String bound() {
    return "n >= 2 byzantine + 1";
  }

  @Override
  public Weighing weigh(Gram gram, double[] examples) {
    int n = examples.length;
    Rule.check(this, n);
    double[] radii = new double[n];
    for (int i = 0; i < n; i++) {
      radii[i] = radius(gram, i, n);
    }
    int centre = Krum.lowest(radii);
    double most = clip(gram, n);
    return Rule.weighing(
        n,
        i -> {
          double distance = distance(gram, centre, i);
          return distance <= radii[centre]
              ? NormClippedMean.clipped(gram.norm(i), most, 1)
              : Weight.excluded(
                  "points away from the majority: cosine distance %.4g, admitted up to %.4g",
                  distance, radii[centre]);
        });
  }

  /// The norm that admitted updates are clipped to: the median of all norms.
  public static double clip(Gram gram, int n) {
    return Order.median(gram.norms(n));
  }

  private static double radius(Gram gram, int i, int n) {
    double[] distances = new double[n];
    for (int j = 0; j < n; j++) {
      distances[j] = distance(gram, i, j);
    }
    Arrays.sort(distances);
    return distances[n / 2];
  }

  private static double distance(Gram gram, int i, int j) {
    return i == j ? 0 : 1 - gram.cosine(i, j);
  }
}
