package io.rengo.core.aggregation;

import io.rengo.core.Range;
import java.util.ArrayList;
import java.util.List;

/// The mean of updates that are clipped around the last aggregate: `v + (1/n) sum (x_i - v) min(1,
/// tau / |x_i - v|)`, repeated with the new `v`. The iteration runs on coefficients of the updates
/// and of the last aggregate, which is the reference row. Karimireddy, He and Jaggi 2021, "Learning
/// from History for Byzantine Robust Optimization"; it is at its best with momentum at the members.
///
/// @param tau how far one update may pull, above 0
/// @param iterations 1 or more
public record CenteredClipping(double tau, int iterations) implements Rule {
  public CenteredClipping {
    Range.positive("tau", tau);
    Range.atLeastOne("iterations", iterations);
  }

  @Override
  public Measure measure() {
    return Measure.GRAM;
  }

  @Override
  public Reference reference() {
    return Reference.AGGREGATE;
  }

  @Override
  public int fewest() {
    return 1;
  }

  @Override
  public String bound() {
    return "one update; each of n moves the aggregate by at most tau/n an iteration";
  }

  @Override
  public Weighing weigh(Gram gram, double[] examples) {
    int n = examples.length;
    double[] v = new double[n + 1];
    v[n] = 1;
    double[] factors = new double[n];
    for (int t = 0; t < iterations; t++) {
      double[] distances = new Affine(gram, v).distances(n);
      double kept = 1;
      for (int i = 0; i < n; i++) {
        factors[i] = distances[i] <= tau ? 1 : tau / distances[i];
        kept -= factors[i] / n;
      }
      for (int i = 0; i <= n; i++) {
        v[i] = kept * v[i] + (i < n ? factors[i] / n : 0);
      }
    }
    List<Weight> weights = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      weights.add(weight(Math.max(0, v[i]) * n, factors[i]));
    }
    return new Weighing(weights, List.of(Math.max(0, v[n]) * n));
  }

  private Weight weight(double coefficient, double factor) {
    return factor == 1
        ? new Weight(coefficient, 1, Decision.COUNTED, "")
        : Weight.reduced(
            coefficient, 1, "%.4g from the last aggregate, clipped to %.4g", tau / factor, tau);
  }
}
