package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.Gaussian;
import java.util.Map;

/// Where the formula does not hold, the product refuses to give it: the case then says how far off
/// the formula is, which only this runner computes.
final class ClassicalGaussianSigmaVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double epsilon = params.get("epsilon").asDouble();
    double delta = params.get("delta").asDouble();
    double sensitivity = params.get("sensitivity").asDouble();
    double sigma = sensitivity * Math.sqrt(2 * Math.log(1.25 / delta)) / epsilon;
    boolean valid = true;
    try {
      sigma = Gaussian.classicalSigma(epsilon, delta, sensitivity);
    } catch (IllegalArgumentException refused) {
      valid = false;
    }
    return Map.of(
        "sigma", sigma,
        "valid", valid,
        "true_delta_of_that_sigma", Gaussian.delta(sigma, epsilon, sensitivity));
  }
}
