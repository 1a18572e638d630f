package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.AdaptiveClip;
import java.util.Arrays;
import java.util.Map;

final class AdaptiveClipVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    double norm = params.get("C").asDouble();
    double expected = params.get("m").asDouble();
    double[] norms = Numbers.vector(inputs.get("norms"));
    AdaptiveClip clip =
        new AdaptiveClip(
            params.get("gamma").asDouble(),
            params.get("eta").asDouble(),
            params.get("sigma_b").asDouble());
    long within = Arrays.stream(norms).filter(each -> each <= norm).count();
    double share = clip.share(within, norms.length, expected, inputs.get("count_noise").asDouble());
    double multiplier = clip.sumMultiplier(params.get("z").asDouble());
    return Map.of(
        "noisy_fraction",
        share,
        "C_next",
        clip.next(norm, share),
        "z_delta",
        multiplier,
        "noise_std_on_sum_this_round",
        multiplier * norm);
  }
}
