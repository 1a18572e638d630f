package io.rengo.core;

/// Federated averaging with server momentum: `v = beta v - D`, `x' = x - eta v`, and with
/// Nesterov's look-ahead `x' = x - eta (beta v - D)` with the new `v`. There is no factor `1 -
/// beta`: the effective learning rate is `eta / (1 - beta)`, so lower `eta` when `beta` rises. Hsu,
/// Qi and Brown 2019, "Measuring the Effects of Non-Identical Data Distribution for Federated
/// Visual Classification".
///
/// @param learningRate eta, above 0
/// @param momentum beta, in [0, 1)
/// @param nesterov whether to look ahead
public record FedAvgM(double learningRate, double momentum, boolean nesterov)
    implements ServerOptimizer {
  public FedAvgM {
    Range.positive("learningRate", learningRate);
    Range.fraction("momentum", momentum);
  }

  /// Eta 1, beta 0.9, without the look-ahead.
  public static FedAvgM defaults() {
    return new FedAvgM(1, 0.9, false);
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public double[][] initialState(int length) {
    return new double[1][length];
  }

  @Override
  public void step(double[] model, double[] delta, double[][] state, long round) {
    ServerOptimizer.check(this, model, delta, state, round);
    double[] v = state[0];
    for (int i = 0; i < model.length; i++) {
      v[i] = momentum * v[i] - delta[i];
      model[i] -= learningRate * (nesterov ? momentum * v[i] - delta[i] : v[i]);
    }
  }
}
