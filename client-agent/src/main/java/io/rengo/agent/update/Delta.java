package io.rengo.agent.update;

import java.util.Arrays;

/// What a training changed.
public final class Delta {
  private Delta() {}

  /// `trained - received`, written to `delta`, which is returned. All are of one length.
  public static float[] of(float[] received, float[] trained, float[] delta) {
    for (int i = 0; i < delta.length; i++) {
      delta[i] = trained[i] - received[i];
    }
    return delta;
  }

  /// One after the other.
  static float[] join(float[] delta, float[] vector) {
    if (vector.length == 0) {
      return delta;
    }
    float[] joined = Arrays.copyOf(delta, delta.length + vector.length);
    System.arraycopy(vector, 0, joined, delta.length, vector.length);
    return joined;
  }
}
