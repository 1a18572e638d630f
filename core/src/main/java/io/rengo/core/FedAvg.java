package io.rengo.core;

/// Federated averaging: `x' = x + eta D`; with `eta = 1` the weighted mean of the members' models.
/// McMahan et al. 2017, "Communication-Efficient Learning of Deep Networks from Decentralized
/// Data".
///
/// @param learningRate eta, above 0
public record FedAvg(double learningRate) implements ServerOptimizer {
  public FedAvg {
    Range.positive("learningRate", learningRate);
  }

  /// Eta 1.
  public static FedAvg defaults() {
    return new FedAvg(1);
  }

  @Override
  public int slots() {
    return 0;
  }

  @Override
  public double[][] initialState(int length) {
    return new double[0][length];
  }

  @Override
  public void step(double[] model, double[] delta, double[][] state, long round) {
    ServerOptimizer.check(this, model, delta, state, round);
    for (int i = 0; i < model.length; i++) {
      model[i] += learningRate * delta[i];
    }
  }
}
