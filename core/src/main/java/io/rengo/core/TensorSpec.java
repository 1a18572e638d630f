package io.rengo.core;

import java.util.List;

/// Name and shape of one tensor of a model. A scalar has the empty shape. No tensor has more than
/// 2^40 elements.
public record TensorSpec(String name, List<Integer> shape) {
  private static final long MAX_SIZE = 1L << 40;

  public TensorSpec {
    if (name.isBlank()) {
      throw new IllegalArgumentException("tensor name is blank");
    }
    shape = List.copyOf(shape);
    long size = 1;
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new IllegalArgumentException("tensor " + name + " has dimension " + dimension);
      }
      if (size > MAX_SIZE / dimension) {
        throw new IllegalArgumentException(
            "tensor " + name + " has more than " + MAX_SIZE + " elements: " + shape);
      }
      size *= dimension;
    }
  }

  /// Number of elements.
  public long size() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }
}
