package io.rengo.core.aggregation;

/// What has to be known of an update matrix before its rows are weighed.
public enum Measure {
  /// Nothing: the rule folds at once.
  NOTHING,
  /// The norm of each row.
  NORMS,
  /// The inner product and the distance of each pair of rows.
  GRAM
}
