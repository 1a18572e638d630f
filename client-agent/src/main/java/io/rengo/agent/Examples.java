package io.rengo.agent;

/// Rows of a table in memory: `count` rows of `width` features, row-major, and one target each. The
/// target is the value to predict; for a classification the class number (0, 1, …), which float32
/// holds exactly.
public record Examples(int count, int width, float[] features, float[] targets) {
  public Examples {
    if (features.length != (long) count * width || targets.length != count) {
      throw new IllegalArgumentException(
          "%d rows of %d need %d features and %d targets, not %d and %d"
              .formatted(
                  count, width, (long) count * width, count, features.length, targets.length));
    }
  }

  /// The rows of these indices, in their order.
  public Examples select(int[] rows) {
    float[] chosen = new float[Math.multiplyExact(rows.length, width)];
    float[] chosenTargets = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(features, rows[i] * width, chosen, i * width, width);
      chosenTargets[i] = targets[rows[i]];
    }
    return new Examples(rows.length, width, chosen, chosenTargets);
  }

  /// The targets as class numbers.
  public int[] classes() {
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      classes[i] = (int) targets[i];
    }
    return classes;
  }
}
