package io.rengo.core.algorithm;

import io.rengo.core.Layout;
import io.rengo.core.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/// What members and server do in a round beside training and averaging. Each case is one published
/// method; its member's half stands first, its server's half after it.
///
/// Some methods correct each member's drift by a vector of its own, `v_k`, which it keeps from one
/// round to the next, and by the mean of these over all members, which the server keeps: `v = sum
/// v_k / N`. A member sends its whole vector beside its update, not what changed of it. The server
/// takes off what it had of this member before, so that its mean stays the mean whatever happens: a
/// member that lost its vector begins again from zero, an update that comes twice counts once.
public sealed interface ClientAlgorithm permits Plain, Scaffold, FedNova, FedDyn {
  /// Whether members keep a vector, and the server the mean of them.
  default boolean keepsVectors() {
    return false;
  }

  /// Whether members train with the server's mean.
  default boolean sharesMean() {
    return false;
  }

  /// Whether members need the gradient of their whole data at the received model.
  default boolean needsGradient() {
    return false;
  }

  /// What holds a member's training near the received model, as FedProx's mu.
  default double proximalMu() {
    return 0;
  }

  /// Whether the number of a member's steps says what its update counts.
  default boolean weighsSteps() {
    return false;
  }

  /// What is added to the gradient of each minibatch, where members keep vectors.
  ///
  /// @param own the member's vector
  /// @param mean the server's, zeros where it is not shared
  default double[] shift(double[] own, double[] mean) {
    throw new IllegalStateException(this + " shifts no gradient");
  }

  /// The member's vector after a training.
  default double[] next(LocalWork work) {
    throw new IllegalStateException(this + " keeps no vector");
  }

  /// What an update counts in the mean.
  ///
  /// @param examples of the member, capped, above 0
  /// @param steps minibatches that it did, 1 or more
  default double weight(double examples, long steps, LocalSteps local) {
    return examples;
  }

  /// What the mean of the updates is multiplied by.
  ///
  /// @param examples of the updates that count
  /// @param steps of the same
  default double factor(double[] examples, long[] steps, LocalSteps local) {
    return 1;
  }

  /// Makes of the mean of the updates, in place, what the server's optimiser takes.
  ///
  /// @param vectors the mean of the members' vectors after the round, empty where they keep none
  default void correct(double[] delta, double[] vectors) {}

  /// The layout of an update: the model's and, where members keep vectors, the same once more.
  default Layout layout(Layout model) {
    if (!keepsVectors()) {
      return model;
    }
    List<TensorSpec> tensors = new ArrayList<>(model.tensors());
    model.tensors().stream()
        .map(tensor -> new TensorSpec("vector." + tensor.name(), tensor.shape()))
        .forEach(tensors::add);
    return new Layout(tensors);
  }

  /// Moves the mean of all members' vectors by what changed.
  ///
  /// @param mean changed in place
  /// @param now sum of the vectors that came
  /// @param before sum of the former vectors of the same members
  /// @param members of the federation, not of the round
  static void moveMean(double[] mean, double[] now, double[] before, int members) {
    for (int i = 0; i < mean.length; i++) {
      mean[i] += (now[i] - before[i]) / members;
    }
  }
}
