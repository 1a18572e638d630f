package io.rengo.core.aggregation;

/// What became of an update that was accepted.
public enum Decision {
  /// It counts as it is.
  COUNTED,
  /// It counts with a smaller factor than it came with.
  REDUCED,
  /// It does not count.
  EXCLUDED
}
