package io.rengo.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// What Step Functions says in JSON, which is always well formed.
final class SfnJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private SfnJson() {}

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Step Functions gave what is not JSON", e);
    }
  }
}
