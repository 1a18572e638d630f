package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The fields of one JSON object of a definition. Reading a field makes it known; in the end
/// [#done] refuses those that nobody knows.
final class Fields {
  private static final Map<String, String> JSON_PATH =
      Map.ofEntries(
          Map.entry("InputPath", "Arguments or $states.input"),
          Map.entry("OutputPath", "Output"),
          Map.entry("ResultPath", "Output or Assign"),
          Map.entry("ResultSelector", "Output"),
          Map.entry("Parameters", "Arguments"),
          Map.entry("Result", "Output"),
          Map.entry("ItemsPath", "Items"),
          Map.entry("MaxConcurrencyPath", "MaxConcurrency"),
          Map.entry("SecondsPath", "Seconds"),
          Map.entry("TimestampPath", "Timestamp"),
          Map.entry("TimeoutSecondsPath", "TimeoutSeconds"),
          Map.entry("HeartbeatSecondsPath", "HeartbeatSeconds"),
          Map.entry("ErrorPath", "Error"),
          Map.entry("CausePath", "Cause"),
          Map.entry("Variable", "Condition"));

  private final JsonNode node;
  private final String where;
  private final Set<String> known = new LinkedHashSet<>();

  Fields(JsonNode node, String where) {
    if (!node.isObject()) {
      throw invalid("not an object but " + node, where, "Write { … }");
    }
    this.node = node;
    this.where = where;
  }

  String where() {
    return where;
  }

  String where(String field) {
    return where + ", field " + field;
  }

  boolean has(String field) {
    return optional(field).isPresent();
  }

  Optional<JsonNode> optional(String field) {
    known.add(field);
    return Optional.ofNullable(node.get(field));
  }

  JsonNode required(String field) {
    return optional(field)
        .orElseThrow(
            () -> error(field, "the field is missing", "Add it; present are: " + present()));
  }

  String text(String field) {
    return text(field, required(field));
  }

  Optional<String> optionalText(String field) {
    return optional(field).map(value -> text(field, value));
  }

  Fields object(String field) {
    return new Fields(required(field), where(field));
  }

  /// The objects of an array, or none where the field is absent.
  List<Fields> objects(String field) {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode item : array(field)) {
      objects.add(new Fields(item, where(field) + "[" + objects.size() + "]"));
    }
    return objects;
  }

  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    array(field).forEach(item -> texts.add(text(field, item)));
    return texts;
  }

  Optional<Duration> seconds(String field) {
    return optional(field).map(value -> Duration.ofSeconds((long) number(field, value, 1)));
  }

  /// A number, at least `least`, or the default where the field is absent.
  double number(String field, double least, double otherwise) {
    return optional(field).map(value -> number(field, value, least)).orElse(otherwise);
  }

  void ignore(String... fields) {
    known.addAll(List.of(fields));
  }

  /// Refuses fields that were not asked for.
  void done() {
    node.fieldNames()
        .forEachRemaining(field -> {
          if (!known.contains(field)) {
            throw unknown(field);
          }
        });
  }

  RengoException error(String field, String what, String mend) {
    return invalid(what, where(field), mend);
  }

  static RengoException invalid(String what, String where, String mend) {
    return new RengoException(ErrorCode.DEFINITION_INVALID, what, where, mend);
  }

  private RengoException unknown(String field) {
    String instead = JSON_PATH.get(field);
    return instead == null
        ? error(field, "no such field here", "Fields that may be here: " + new TreeSet<>(known))
        : error(field, "a field of JSONPath mode", "In JSONata mode, use " + instead);
  }

  private JsonNode array(String field) {
    JsonNode value = required(field);
    if (!value.isArray() || value.isEmpty()) {
      throw error(field, "not an array with items but " + value, "Write [ … ]");
    }
    return value;
  }

  private String text(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw error(field, "not a text but " + value, "Write a text in quotes");
    }
    return value.textValue();
  }

  private double number(String field, JsonNode value, double least) {
    if (!value.isNumber() || value.doubleValue() < least) {
      throw error(field, "not a number of " + least + " or more but " + value, "Mend the number");
    }
    return value.doubleValue();
  }

  private Set<String> present() {
    Set<String> present = new TreeSet<>();
    node.fieldNames().forEachRemaining(present::add);
    return present;
  }
}
