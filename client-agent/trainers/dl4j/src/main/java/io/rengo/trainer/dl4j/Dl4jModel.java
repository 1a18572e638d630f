package io.rengo.trainer.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.Layout;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.regularization.Regularization;

/// Networks from what `MultiLayerConfiguration.toJson()` gives: the job file's
/// `training.settings.configuration`, as a string or as the same tree in YAML.
///
/// The architecture, the loss, dropout, L1, L2 and constraints are the configuration's. How to
/// train is the task's: the updater and its learning rate in the configuration are not used.
public final class Dl4jModel {
  private Dl4jModel() {}

  /// The tensors of a configuration, for those who write job files: DeepLearning4J's own parameter
  /// table in its order, with its names (`0_W`, `0_b`, `1_W`, …) and shapes. Each lies row-major in
  /// the flat vector, whatever its order in ND4J's memory: a dense layer's `W` is `[in, out]` as in
  /// any other trainer here. Throws [RengoException] with `TASK_INVALID`.
  public static Layout layout(String configurationJson) {
    MultiLayerNetwork network = network(configurationJson);
    try {
      return ParameterTable.of(network).layout();
    } finally {
      network.close();
    }
  }

  static MultiLayerNetwork network(JsonNode settings) {
    JsonNode configuration = settings.path("configuration");
    if (configuration.isMissingNode() || configuration.isNull()) {
      throw invalid(
          "there is no configuration", "Give what MultiLayerConfiguration.toJson() gives");
    }
    return network(
        configuration.isTextual() ? configuration.textValue() : configuration.toString());
  }

  static MultiLayerNetwork network(String json) {
    KnownClasses.check(json);
    Nd4jSetup.ready();
    try {
      MultiLayerNetwork network = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
      network.init();
      check(network);
      return network;
    } catch (RengoException e) {
      throw e;
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new RengoException(
          ErrorCode.TASK_INVALID,
          "DeepLearning4J does not take the configuration: " + message,
          "training.settings.configuration",
          "Give what MultiLayerConfiguration.toJson() of version 1.0.0-M2.1 gives",
          e);
    }
  }

  private static void check(MultiLayerNetwork network) {
    if (network.params().dataType() != DataType.FLOAT) {
      throw invalid(
          "the data type is " + network.params().dataType(), "Set the data type to FLOAT");
    }
    for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
      GradientNormalization normalization = layer.getConfig().getGradientNormalization();
      if (normalization != null && normalization != GradientNormalization.None) {
        throw invalid(
            "gradients are normalised by " + normalization, "Use the job's training.clip-norm");
      }
      for (String name : layer.paramTable().keySet()) {
        if (ParameterTable.regularizations(layer, name).stream()
            .anyMatch(each -> each.applyStep() != Regularization.ApplyStep.BEFORE_UPDATER)) {
          throw invalid("weights decay after the updater", "Use L2 in place of weight decay");
        }
      }
    }
  }

  static RengoException invalid(String what, String mend) {
    return new RengoException(
        ErrorCode.TASK_INVALID, what, "training.settings.configuration", mend);
  }
}
