package io.rengo.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Fills in what a job file leaves out.
final class Defaults {
  private static final ObjectNode WHOLE = JobFile.resource("job-defaults.yaml");
  private static final ObjectNode OPTIONAL = JobFile.resource("optional-defaults.yaml");
  private static final ObjectNode VARIANTS = JobFile.resource("variant-defaults.yaml");

  private Defaults() {}

  static ObjectNode fill(ObjectNode file) {
    ObjectNode whole = WHOLE.deepCopy();
    file.properties()
        .forEach(field -> {
          String name = field.getKey();
          JsonNode given = field.getValue();
          JsonNode defaults = OPTIONAL.has(name) ? OPTIONAL.get(name) : WHOLE.path(name);
          whole.set(name, VARIANTS.has(name) ? given : overlay(defaults, given));
        });
    VARIANTS
        .properties()
        .forEach(section -> {
          JsonNode given = whole.path(section.getKey());
          String variant = given.path(section.getValue().path("tag").asText()).asText();
          whole.set(section.getKey(), overlay(section.getValue().path(variant), given));
        });
    return whole;
  }

  /// The given fields over the defaults, section by section.
  private static JsonNode overlay(JsonNode defaults, JsonNode given) {
    if (!(defaults instanceof ObjectNode && given instanceof ObjectNode fields)) {
      return given;
    }
    ObjectNode merged = defaults.deepCopy();
    fields
        .properties()
        .forEach(field ->
            merged.set(field.getKey(), overlay(defaults.path(field.getKey()), field.getValue())));
    return merged;
  }
}
