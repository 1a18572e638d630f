package io.rengo.agent.optimizer;

import io.rengo.agent.LocalTraining;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;

/// Turns gradients into changes of the parameters. Its state is zero at the start of each training:
/// it does not outlive a round.
public sealed interface LocalOptimizer permits Sgd, Momentum, Adam {
  /// The optimizer that the task names; throws [RengoException] with `TASK_INVALID` for another.
  ///
  /// @param sizes the lengths of the arrays that the parameters lie in
  static LocalOptimizer of(LocalTraining settings, int[] sizes) {
    float rate = (float) settings.learningRate();
    return switch (settings.optimizer()) {
      case "sgd" -> new Sgd(rate);
      case "momentum" -> new Momentum(rate, (float) settings.momentum(), sizes);
      case "adam" -> new Adam(settings.learningRate(), sizes);
      default ->
          throw new RengoException(
              ErrorCode.TASK_INVALID,
              "there is no optimizer '" + settings.optimizer() + "'",
              "training.optimizer",
              "Use sgd, momentum or adam");
    };
  }

  /// Begins the next step; [#apply] follows once for each array.
  default void nextStep() {}

  /// Changes one array of parameters.
  ///
  /// @param index which of the arrays it is
  void apply(int index, float[] parameters, float[] gradient);

  /// Zeros of these lengths.
  static float[][] zeros(int[] sizes) {
    float[][] arrays = new float[sizes.length][];
    for (int i = 0; i < sizes.length; i++) {
      arrays[i] = new float[sizes[i]];
    }
    return arrays;
  }
}
