package io.rengo.core;

import java.util.Arrays;

/// Adam on the server: `m = b1 m + (1 - b1) D`, `v = b2 v + (1 - b2) D^2`, `x' = x + eta m /
/// (sqrt(v) + tau)`. Reddi et al. 2021, "Adaptive Federated Optimization", algorithm 2. The paper
/// has no bias correction; with it, `eta` is multiplied in round `t` (from 0) by `sqrt(1 -
/// b2^(t+1)) / (1 - b1^(t+1))`.
///
/// @param learningRate eta, above 0
/// @param beta1 in [0, 1)
/// @param beta2 in [0, 1)
/// @param tau the degree of adaptivity, above 0
/// @param initialVariance v before the first round, 0 or more; `tau^2` in the paper. With 0 and a
///   small tau, a parameter whose delta is tiny moves by about eta all the same
/// @param biasCorrection whether to correct for the moments' start
public record FedAdam(
    double learningRate,
    double beta1,
    double beta2,
    double tau,
    double initialVariance,
    boolean biasCorrection)
    implements ServerOptimizer {
  public FedAdam {
    Range.positive("learningRate", learningRate);
    Range.fraction("beta1", beta1);
    Range.fraction("beta2", beta2);
    Range.positive("tau", tau);
    Range.notNegative("initialVariance", initialVariance);
  }

  /// Eta 0.1, b1 0.9, b2 0.99, tau 1e-3, v from `tau^2`, no bias correction.
  public static FedAdam defaults() {
    return new FedAdam(0.1, 0.9, 0.99, 1e-3, 1e-6, false);
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
    double eta = biasCorrection ? learningRate * correction(round + 1) : learningRate;
    for (int i = 0; i < model.length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * delta[i];
      v[i] = beta2 * v[i] + (1 - beta2) * delta[i] * delta[i];
      model[i] += eta * m[i] / (Math.sqrt(v[i]) + tau);
    }
  }

  private double correction(double rounds) {
    return Math.sqrt(1 - StrictMath.pow(beta2, rounds)) / (1 - StrictMath.pow(beta1, rounds));
  }
}
