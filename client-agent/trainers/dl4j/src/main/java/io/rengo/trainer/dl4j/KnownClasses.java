package io.rengo.trainer.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.Json;
import java.util.List;

/// The classes that a configuration may name. DeepLearning4J makes an object of whatever class its
/// field `@class` names; a job file comes from others, so it names the library's own layers and
/// functions or nothing.
final class KnownClasses {
  private static final String FIELD = "@class";

  private static final List<String> PACKAGES =
      List.of(
          "org.deeplearning4j.nn.conf.",
          "org.deeplearning4j.nn.weights.",
          "org.nd4j.linalg.activations.impl.",
          "org.nd4j.linalg.learning.config.",
          "org.nd4j.linalg.learning.regularization.",
          "org.nd4j.linalg.lossfunctions.impl.",
          "org.nd4j.linalg.schedule.");

  private KnownClasses() {}

  /// Refuses a configuration that names any other class.
  static void check(String json) {
    try {
      check(Json.MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw Dl4jModel.invalid(
          "the configuration is not JSON", "Give what MultiLayerConfiguration.toJson() gives");
    }
  }

  private static void check(JsonNode node) {
    if (node.has(FIELD)) {
      String name = node.get(FIELD).asText();
      if (PACKAGES.stream().noneMatch(name::startsWith)) {
        throw Dl4jModel.invalid(
            "the class «" + name + "» is none of DeepLearning4J's layers and functions",
            "Use the library's own layers, activations, losses and updaters");
      }
    }
    node.forEach(KnownClasses::check);
  }
}
