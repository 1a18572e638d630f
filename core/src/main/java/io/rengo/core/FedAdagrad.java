package io.rengo.core;

import java.util.Arrays;

/// Adagrad on the server: `v += D^2`, `x' = x + eta D / (sqrt(v) + tau)`. Reddi et al. 2021,
/// "Adaptive Federated Optimization", algorithm 2 with `beta1 = 0`.
///
/// @param learningRate eta, above 0
/// @param tau the degree of adaptivity, above 0
/// @param initialVariance v before the first round, 0 or more; `tau^2` in the paper
public record FedAdagrad(double learningRate, double tau, double initialVariance)
    implements ServerOptimizer {
  public FedAdagrad {
    Range.positive("learningRate", learningRate);
    Range.positive("tau", tau);
    Range.notNegative("initialVariance", initialVariance);
  }

  /// Eta 0.1, tau 1e-3, v from `tau^2`.
  public static FedAdagrad defaults() {
    return new FedAdagrad(0.1, 1e-3, 1e-6);
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public double[][] initialState(int length) {
    var v = new double[length];
    Arrays.fill(v, initialVariance);
    return new double[][] {v};
  }

  @Override
  public void step(double[] model, double[] delta, double[][] state, long round) {
    ServerOptimizer.check(this, model, delta, state, round);
    double[] v = state[0];
    for (int i = 0; i < model.length; i++) {
      v[i] += delta[i] * delta[i];
      model[i] += learningRate * delta[i] / (Math.sqrt(v[i]) + tau);
    }
  }
}
