package io.rengo.sim.attack;

import io.rengo.agent.Examples;

/// Examples with wrong targets.
final class Poison {
  private Poison() {}

  /// Each class as the next one, the last as the first.
  static Examples nextClass(Examples examples, int classes) {
    float[] targets = new float[examples.count()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (examples.targets()[i] + 1) % classes;
    }
    return new Examples(examples.count(), examples.width(), examples.features(), targets);
  }
}
