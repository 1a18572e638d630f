package io.rengo.sim.attack;

import io.rengo.agent.Examples;
import java.util.List;
import java.util.stream.IntStream;

/// A backdoor's mark: some features set to a value, and the class that marked examples are to be
/// taken for.
public record Mark(List<Integer> features, float value, int target) {
  public Mark {
    features = List.copyOf(features);
  }

  /// Every second example marked, with the mark's class as its target.
  Examples half(Examples examples) {
    float[] targets = examples.targets().clone();
    float[] values = examples.features().clone();
    for (int row = 0; row < examples.count(); row += 2) {
      targets[row] = target;
      stamp(values, row, examples.width());
    }
    return new Examples(examples.count(), examples.width(), values, targets);
  }

  /// The examples of other classes, marked, with the mark's class as their target: a model's
  /// accuracy on them is the backdoor's success rate.
  public Examples tests(Examples examples) {
    int[] others =
        IntStream.range(0, examples.count())
            .filter(row -> examples.targets()[row] != target)
            .toArray();
    Examples chosen = examples.select(others);
    for (int row = 0; row < chosen.count(); row++) {
      stamp(chosen.features(), row, chosen.width());
      chosen.targets()[row] = target;
    }
    return chosen;
  }

  private void stamp(float[] values, int row, int width) {
    features.forEach(feature -> values[row * width + feature] = value);
  }
}
