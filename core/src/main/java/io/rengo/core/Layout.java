package io.rengo.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The ordered names and shapes of a model's tensors: how the model lies in one flat vector of
/// float32. Its [#hash()] travels with every message, so that two sides never mean different models
/// by the same bytes.
public record Layout(List<TensorSpec> tensors) {
  public Layout {
    tensors = List.copyOf(tensors);
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("a layout needs at least one tensor");
    }
    Set<String> names = new HashSet<>();
    for (TensorSpec tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException("tensor " + tensor.name() + " appears twice");
      }
    }
  }

  /// Number of parameters of the model.
  public long size() {
    return tensors.stream().mapToLong(TensorSpec::size).sum();
  }

  /// Index of the first parameter of tensor `index` in the flat vector.
  public long offset(int index) {
    return tensors.subList(0, index).stream().mapToLong(TensorSpec::size).sum();
  }

  /// SHA-256, in lower-case hex, of one line `name shape` per tensor, in order.
  public String hash() {
    String text =
        tensors.stream()
            .map(tensor -> tensor.name().length() + ":" + tensor.name() + " " + tensor.shape())
            .collect(Collectors.joining("\n"));
    return Sha256.hex(text);
  }
}
