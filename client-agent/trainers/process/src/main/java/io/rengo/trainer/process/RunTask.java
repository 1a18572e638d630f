package io.rengo.trainer.process;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.agent.LocalTraining;
import io.rengo.core.TensorSpec;
import io.rengo.protocol.Purpose;
import java.util.List;
import java.util.Optional;

/// `task.json`: what the command is asked to do.
///
/// @param version of this file's format, now 1
/// @param purpose `train` or `evaluate`
/// @param training how to train; missing where the purpose is to evaluate
/// @param seed of everything random; missing likewise
/// @param settings the job's `training.settings`
/// @param model the job's `model`
/// @param layout the model's tensors, in order, and their hash
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record RunTask(
    int version,
    Purpose purpose,
    Optional<Training> training,
    Optional<Long> seed,
    JsonNode settings,
    JsonNode model,
    RunLayout layout) {
  static final int VERSION = 1;

  record Training(
      int epochs,
      int batchSize,
      String optimizer,
      double learningRate,
      double momentum,
      double proximalMu,
      double clipNorm) {
    static Training of(LocalTraining settings) {
      return new Training(
          settings.epochs(),
          settings.batchSize(),
          settings.optimizer(),
          settings.learningRate(),
          settings.momentum(),
          settings.proximalMu(),
          settings.clipNorm());
    }
  }

  record RunLayout(String hash, List<TensorSpec> tensors) {}
}
