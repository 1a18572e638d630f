package io.rengo.agent.optimizer;

/// Adam with the paper's constants: beta1 0.9, beta2 0.999, epsilon 1e-8, and its bias correction
/// (Kingma, Ba 2015, algorithm 1).
final class Adam implements LocalOptimizer {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final double rate;
  private final float[][] mean;
  private final float[][] square;
  private int steps;
  private float meanFactor;
  private float squareFactor;

  Adam(double rate, int[] sizes) {
    this.rate = rate;
    mean = LocalOptimizer.zeros(sizes);
    square = LocalOptimizer.zeros(sizes);
  }

  @Override
  public void nextStep() {
    steps++;
    meanFactor = (float) (rate / (1 - Math.pow(BETA1, steps)));
    squareFactor = (float) (1 / (1 - Math.pow(BETA2, steps)));
  }

  @Override
  public void apply(int index, float[] parameters, float[] gradient) {
    float[] m = mean[index];
    float[] v = square[index];
    for (int i = 0; i < gradient.length; i++) {
      m[i] = BETA1 * m[i] + (1 - BETA1) * gradient[i];
    }
    for (int i = 0; i < gradient.length; i++) {
      v[i] = BETA2 * v[i] + (1 - BETA2) * gradient[i] * gradient[i];
    }
    for (int i = 0; i < gradient.length; i++) {
      float scale = (float) Math.sqrt(v[i] * squareFactor) + EPSILON;
      parameters[i] -= meanFactor * m[i] / scale;
    }
  }
}
