package io.rengo.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Fills in what a job file leaves out.
final class Defaults {
  private static final ObjectNode WHOLE = JobFile.resource("job-defaults.yaml");
  private static final ObjectNode VARIANTS = JobFile.resource("variant-defaults.yaml");

  private Defaults() {}

  static ObjectNode fill(ObjectNode file) {
    ObjectNode whole = WHOLE.deepCopy();
    file.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
    WHOLE
        .properties()
        .forEach(section -> {
          if (file.get(section.getKey()) instanceof ObjectNode given
              && section.getValue() instanceof ObjectNode defaults
              && !VARIANTS.has(section.getKey())) {
            whole.set(section.getKey(), merge(defaults, given));
          }
        });
    VARIANTS
        .properties()
        .forEach(section -> {
          if (whole.get(section.getKey()) instanceof ObjectNode given) {
            String variant = given.path(section.getValue().get("tag").asText()).asText();
            if (section.getValue().get(variant) instanceof ObjectNode defaults) {
              whole.set(section.getKey(), merge(defaults, given));
            }
          }
        });
    return whole;
  }

  private static JsonNode merge(ObjectNode defaults, ObjectNode given) {
    ObjectNode merged = defaults.deepCopy();
    merged.setAll(given);
    return merged;
  }
}
