package io.rengo.agent.update;

/// What a training changed.
final class Delta {
  private Delta() {}

  /// `trained - received`.
  static float[] of(float[] received, float[] trained) {
    float[] delta = new float[received.length];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = trained[i] - received[i];
    }
    return delta;
  }
}
