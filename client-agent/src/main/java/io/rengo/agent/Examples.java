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
}
