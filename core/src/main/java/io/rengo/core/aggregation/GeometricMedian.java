package io.rengo.core.aggregation;

import io.rengo.core.Range;

/// The point with the least weighted sum of distances to the updates, by the smoothed Weiszfeld
/// iteration from their weighted mean: `z = sum b_i x_i / sum b_i` with `b_i = w_i / max(nu, |z -
/// x_i|)`. The iteration runs on coefficients and needs distances alone. Pillutla, Kakade and
/// Harchaoui 2022, "Robust Aggregation for Federated Learning" (RFA).
///
/// @param byzantine hostile updates to withstand, 0 or more
/// @param iterations at most, 1 or more; it stops where nothing moves any more
/// @param nu the distance below which an update counts as reached, above 0
/// @param byExamples whether updates weigh by their examples, which members report themselves
public record GeometricMedian(int byzantine, int iterations, double nu, boolean byExamples)
    implements Rule {
  private static final double STILL = 1e-14;

  public GeometricMedian {
    Range.notNegative("byzantine", byzantine);
    Range.atLeastOne("iterations", iterations);
    Range.positive("nu", nu);
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
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      weights[i] = byExamples ? examples[i] : 1;
    }
    double[] start = normalized(weights);
    double[] z = start;
    boolean moves = true;
    for (int t = 0; t < iterations && moves; t++) {
      double[] next = step(gram, weights, z);
      moves = largestChange(z, next) > STILL;
      z = next;
    }
    double[] found = z;
    return Rule.weighing(
        n,
        i ->
            found[i] >= start[i] / 2
                ? Weight.counted(found[i])
                : Weight.reduced(
                    found[i],
                    found[i],
                    "far from the geometric median: weight %.4g, %.4g in the mean",
                    found[i],
                    start[i]));
  }

  private double[] step(Gram gram, double[] weights, double[] z) {
    double[] distances = new Affine(gram, z).distances(z.length);
    double[] next = new double[z.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = weights[i] / Math.max(nu, distances[i]);
    }
    return normalized(next);
  }

  private static double[] normalized(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double[] shares = values.clone();
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  private static double largestChange(double[] before, double[] after) {
    double largest = 0;
    for (int i = 0; i < before.length; i++) {
      largest = Math.max(largest, Math.abs(after[i] - before[i]));
    }
    return largest;
  }
}
