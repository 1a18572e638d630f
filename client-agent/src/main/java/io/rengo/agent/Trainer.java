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

  @Override
  default void close() {}
}
