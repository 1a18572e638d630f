package io.rengo.core;

import java.util.List;

/// Name and shape of one tensor of a model. A scalar has the empty shape.
public record TensorSpec(String name, List<Integer> shape) {
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
      size = Math.multiplyExact(size, dimension);
    }
  }

  /// Number of elements.
  public long size() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }
}
