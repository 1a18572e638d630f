package io.rengo.agent.optimizer;

/// The heavy ball: `v = momentum v + g; w -= rate v` (Polyak 1964).
record Momentum(float rate, float momentum, float[][] velocity) implements LocalOptimizer {
  Momentum(float rate, float momentum, int[] sizes) {
    this(rate, momentum, LocalOptimizer.zeros(sizes));
  }

  @Override
  public void apply(int index, float[] parameters, float[] gradient) {
    float[] v = velocity[index];
    for (int i = 0; i < gradient.length; i++) {
      v[i] = Math.fma(momentum, v[i], gradient[i]);
    }
    for (int i = 0; i < gradient.length; i++) {
      parameters[i] = Math.fma(-rate, v[i], parameters[i]);
    }
  }
}
