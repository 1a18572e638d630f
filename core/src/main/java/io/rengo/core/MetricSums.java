package io.rengo.core;

import java.util.Arrays;

/// Metrics of a model on a member's hold-out as sums, so that the sums of several members are the
/// metrics on all their data together: precision is computed from summed counts, never averaged.
///
/// @param examples rows evaluated
/// @param loss sum of the rows' losses
/// @param squaredError sum of the rows' squared errors (regression; 0 for a classification)
/// @param confusion `confusion[actual][predicted]` counts; empty for a regression
public record MetricSums(long examples, double loss, double squaredError, long[][] confusion) {
  public MetricSums {
    confusion = Arrays.stream(confusion).map(long[]::clone).toArray(long[][]::new);
  }
}
