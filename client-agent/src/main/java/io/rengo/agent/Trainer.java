package io.rengo.agent;

import io.rengo.core.MetricSums;

/// A model in some framework, made for one member and one job, that can be evaluated and trained
/// from any parameters. Not safe for use by several threads at once. The same parameters, data and
/// settings give the same result.
public interface Trainer extends AutoCloseable {
  /// Metrics of the parameters on the member's hold-out.
  MetricSums evaluate(float[] parameters);

  /// Trains from the parameters, which are left as they were.
  LocalUpdate train(float[] parameters, LocalTraining settings);

  /// The same, with something added to the gradient of each minibatch. Throws
  /// [io.rengo.protocol.RengoException] with `TASK_INVALID` where the trainer cannot do it.
  ///
  /// @param shift flat, in the model's layout
  default LocalUpdate train(float[] parameters, LocalTraining settings, float[] shift) {
    throw Unsupported.byTrainer("shift the gradient");
  }

  /// The gradient of the mean loss over all the member's rows. Throws
  /// [io.rengo.protocol.RengoException] with `TASK_INVALID` where the trainer cannot tell it.
  default float[] gradient(float[] parameters) {
    throw Unsupported.byTrainer("tell the gradient");
  }

  /// The loss of each of these rows, whatever part of the member's data they are: `-ln p` of a
  /// classification, with p the probability that the model gives to the row's class. Throws
  /// [io.rengo.protocol.RengoException] with `TASK_INVALID` where the trainer cannot tell it.
  default double[] losses(float[] parameters, Examples rows) {
    throw Unsupported.byTrainer("tell the losses of rows");
  }

  @Override
  default void close() {}
}
