package io.rengo.core.aggregation;

/// Rows that a rule compares the updates with. They stand below the updates in the matrix.
public enum Reference {
  /// None.
  NONE,
  /// One: the update of a member that the server trusts.
  ROOT,
  /// One: the aggregate of the last round, zero in the first.
  AGGREGATE,
  /// One for each update: the sum of what its member sent in the rounds before.
  HISTORY;

  /// The number of these rows beside so many updates.
  public int rows(int updates) {
    return switch (this) {
      case NONE -> 0;
      case ROOT, AGGREGATE -> 1;
      case HISTORY -> updates;
    };
  }
}
