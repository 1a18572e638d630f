package io.rengo.agent.update;

import io.rengo.protocol.Task;
import java.util.List;

/// What a member does to its delta before anybody else may see it: clipping, noise.
@FunctionalInterface
public interface Protection {
  /// The protected delta, which may be the given array, changed in place.
  ///
  /// @param delta change of the parameters, flat, in the model's layout
  float[] protect(Task task, float[] delta);

  /// One after the other.
  static Protection inOrder(List<Protection> parts) {
    List<Protection> copy = List.copyOf(parts);
    return (task, delta) -> {
      float[] current = delta;
      for (Protection part : copy) {
        current = part.protect(task, current);
      }
      return current;
    };
  }
}
