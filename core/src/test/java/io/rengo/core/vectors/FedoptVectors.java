package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.FedAdagrad;
import io.rengo.core.FedAdam;
import io.rengo.core.FedYogi;
import io.rengo.core.ServerOptimizer;

final class FedoptVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    return ServerRounds.run(inputs, optimizer(params));
  }

  private static ServerOptimizer optimizer(JsonNode params) {
    double eta = params.get("eta").asDouble();
    double beta1 = params.get("beta1").asDouble();
    double beta2 = params.get("beta2").asDouble();
    double tau = params.get("tau").asDouble();
    double variance = params.get("v_init").asText().equals("tau2") ? tau * tau : 0;
    boolean correction = params.get("bias_correction").asBoolean();
    String kind = params.get("kind").asText();
    return switch (kind) {
      case "adagrad" -> new FedAdagrad(eta, tau, variance);
      case "adam" -> new FedAdam(eta, beta1, beta2, tau, variance, correction);
      case "yogi" -> new FedYogi(eta, beta1, beta2, tau, variance);
      default -> throw new IllegalArgumentException("kind " + kind);
    };
  }
}
