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
          whole.set(name, VARIANTS.has(name) ? given : overlay(name, defaults, given));
        });
    VARIANTS
        .properties()
        .forEach(section -> fillVariant(whole, section.getKey(), section.getValue()));
    return whole;
  }

  /// Fills in what the variant that a section names leaves out.
  ///
  /// @param path of the section, as `aggregation.rule`
  private static void fillVariant(ObjectNode file, String path, JsonNode variants) {
    int dot = path.indexOf('.');
    if (dot >= 0) {
      if (file.path(path.substring(0, dot)) instanceof ObjectNode section) {
        fillVariant(section, path.substring(dot + 1), variants);
      }
      return;
    }
    JsonNode given = file.path(path);
    String variant = given.path(variants.path("tag").asText()).asText();
    file.set(path, overlay(path, variants.path(variant), given));
  }

  /// The given fields over the defaults, section by section.
  private static JsonNode overlay(String path, JsonNode defaults, JsonNode given) {
    if (!(defaults instanceof ObjectNode && given instanceof ObjectNode fields)) {
      return given;
    }
    ObjectNode merged = defaults.deepCopy();
    fields
        .properties()
        .forEach(field ->
            merged.set(
                field.getKey(),
                VARIANTS.has(path + "." + field.getKey())
                    ? field.getValue()
                    : overlay(
                        path + "." + field.getKey(),
                        defaults.path(field.getKey()),
                        field.getValue())));
    return merged;
  }
}
