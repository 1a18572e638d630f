package io.rengo.agent.optimizer;

/// `w -= rate g`.
record Sgd(float rate) implements LocalOptimizer {
  @Override
  public void apply(int index, float[] parameters, float[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      parameters[i] = Math.fma(-rate, gradient[i], parameters[i]);
    }
  }
}
