package io.rengo.core.privacy;

/// Which data sets count as neighbours: what an epsilon protects.
public enum Adjacency {
  /// One unit more or less. The sensitivity of a clipped sum is the clipping norm.
  ADD_REMOVE,
  /// One unit with other content. The sensitivity of a clipped sum is twice the clipping norm.
  REPLACE
}
