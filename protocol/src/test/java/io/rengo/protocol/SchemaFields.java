package io.rengo.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// The fields of the job file's schema in their order: `rounds.count`, `model.tensors[].name`, and
/// `cohort(uniform).size` of a variant.
record SchemaFields(String path, JsonNode schema) {
  static List<SchemaFields> of(JsonNode schema) {
    List<SchemaFields> fields = new ArrayList<>();
    collect("", schema, fields);
    return fields;
  }

  /// Sections that take any field.
  static List<String> openSections(JsonNode schema) {
    return of(schema).stream()
        .filter(field -> field.schema().path("type").toString().contains("object"))
        .filter(field -> !field.schema().has("oneOf"))
        .filter(field -> field.schema().path("additionalProperties").asBoolean(true))
        .map(SchemaFields::path)
        .toList();
  }

  /// The field that tells the variants apart, and its value in this one.
  static String variantName(JsonNode variant) {
    return variant
        .path("properties")
        .properties()
        .iterator()
        .next()
        .getValue()
        .path("const")
        .asText();
  }

  private static void collect(String path, JsonNode schema, List<SchemaFields> into) {
    schema
        .path("properties")
        .properties()
        .forEach(field -> {
          String name = path + field.getKey();
          JsonNode value = field.getValue();
          into.add(new SchemaFields(name, value));
          collect(name + ".", value, into);
          collect(name + "[].", value.path("items"), into);
          value
              .path("oneOf")
              .forEach(variant -> collect(name + "(" + variantName(variant) + ").", variant, into));
        });
  }
}
