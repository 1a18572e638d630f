package io.rengo.core;

/// How the server moves the model by the round's delta, the weighted mean of the updates `y_k - x`.
/// Each case is one published method; all of them work on each parameter by itself, so that the
/// shards of a model step independently, each with its own part of the state, and give the same
/// bits as the whole.
///
/// Momentum and variance make no sense for what is not trained by gradients (a batch norm's running
/// statistics, step counters): step such tensors with `new FedAvg(1)`, the plain mean.
public sealed interface ServerOptimizer permits FedAvg, FedAvgM, FedAdagrad, FedAdam, FedYogi {
  /// Number of state vectors, each as long as the model.
  int slots();

  /// The state before the first round, for `length` parameters: `[slots()][length]`.
  double[][] initialState(int length);

  /// Steps the model and the state in place.
  ///
  /// @param model the parameters of the shard
  /// @param delta the weighted mean of the updates, of the same length; left as it was
  /// @param state `[slots()][length]`, from [#initialState] or from the last round
  /// @param round of the job, from 0
  void step(double[] model, double[] delta, double[][] state, long round);

  /// Throws [IllegalArgumentException] unless the lengths fit together and the round is one.
  static void check(
      ServerOptimizer optimizer, double[] model, double[] delta, double[][] state, long round) {
    if (delta.length != model.length) {
      throw new IllegalArgumentException(
          "a delta of " + delta.length + " for a model of " + model.length);
    }
    if (state.length != optimizer.slots()) {
      throw new IllegalArgumentException(
          state.length + " state vectors, " + optimizer + " has " + optimizer.slots());
    }
    for (double[] slot : state) {
      if (slot.length != model.length) {
        throw new IllegalArgumentException(
            "a state of " + slot.length + " for a model of " + model.length);
      }
    }
    if (round < 0) {
      throw new IllegalArgumentException("round " + round + "; the first is 0");
    }
  }
}
