package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.MembershipInference;
import java.util.Arrays;

final class MiaThresholdVectors implements Operation {
  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    return MembershipInference.attack(
        scores(inputs.get("member_losses")), scores(inputs.get("nonmember_losses")));
  }

  private static double[] scores(JsonNode losses) {
    return Arrays.stream(Numbers.vector(losses)).map(loss -> -loss).toArray();
  }
}
