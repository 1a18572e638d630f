package io.rengo.core;

import java.util.Arrays;

/// Yogi on the server: `m = b1 m + (1 - b1) D`, `v = v - (1 - b2) D^2 sign(v - D^2)`, `x' = x + eta
/// m / (sqrt(v) + tau)`, with `sign(0) = 0`. Unlike Adam's, `v` moves by no more than `(1 - b2)
/// D^2` a round. Reddi et al. 2021, "Adaptive Federated Optimization", algorithm 2.
///
/// @param learningRate eta, above 0
/// @param beta1 in [0, 1)
/// @param beta2 in [0, 1)
/// @param tau the degree of adaptivity, above 0
/// @param initialVariance v before the first round, 0 or more; `tau^2` in the paper
public record FedYogi(
    double learningRate, double beta1, double beta2, double tau, double initialVariance)
    implements ServerOptimizer {
  public FedYogi {
    Range.positive("learningRate", learningRate);
    Range.fraction("beta1", beta1);
    Range.fraction("beta2", beta2);
    Range.positive("tau", tau);
    Range.notNegative("initialVariance", initialVariance);
  }

  /// Eta 0.1, b1 0.9, b2 0.99, tau 1e-3, v from `tau^2`.
  public static FedYogi defaults() {
    return new FedYogi(0.1, 0.9, 0.99, 1e-3, 1e-6);
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public double[][] initialState(int length) {
    var v = new double[length];
    Arrays.fill(v, initialVariance);
    return new double[][] {new double[length], v};
  }

  @Override
  public void step(double[] model, double[] delta, double[][] state, long round) {
    ServerOptimizer.check(this, model, delta, state, round);
    double[] m = state[0];
    double[] v = state[1];
    for (int i = 0; i < model.length; i++) {
      double square = delta[i] * delta[i];
      m[i] = beta1 * m[i] + (1 - beta1) * delta[i];
      v[i] -= (1 - beta2) * square * Math.signum(v[i] - square);
      model[i] += learningRate * m[i] / (Math.sqrt(v[i]) + tau);
    }
  }
}
