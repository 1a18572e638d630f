package io.rengo.local.states;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What JSONata returns, as JSON.
final class JsonResult {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final double EXACT = 1L << 53;

  private JsonResult() {}

  /// Throws [IllegalArgumentException] where the value is none of JSON's, as a function.
  static JsonNode of(@Nullable Object value) {
    return switch (value) {
      case null -> JSON.nullNode();
      case JsonView view -> view.json();
      case Map<?, ?> map -> object(map);
      case List<?> list -> array(list);
      case String text -> JSON.textNode(text);
      case Boolean truth -> JSON.booleanNode(truth);
      case Number number -> number(number);
      default -> other(value);
    };
  }

  private static JsonNode other(Object value) {
    if (value == Jsonata.NULL_VALUE) {
      return JSON.nullNode();
    }
    throw new IllegalArgumentException("returned a function or a pattern, which is not JSON");
  }

  /// A real number without a fraction is an integer, as in JSONata.
  private static JsonNode number(Number number) {
    double real = number.doubleValue();
    if (!Double.isFinite(real)) {
      throw new IllegalArgumentException("returned " + real + ", which is not JSON");
    }
    boolean isInteger = number instanceof Long || number instanceof Integer;
    if (!isInteger && (real != Math.rint(real) || Math.abs(real) > EXACT)) {
      return JSON.numberNode(real);
    }
    long integer = number.longValue();
    return integer == (int) integer ? JSON.numberNode((int) integer) : JSON.numberNode(integer);
  }

  private static JsonNode object(Map<?, ?> map) {
    ObjectNode object = JSON.objectNode();
    map.forEach((key, value) -> object.set(String.valueOf(key), of(value)));
    return object;
  }

  private static JsonNode array(List<?> list) {
    ArrayNode array = JSON.arrayNode(list.size());
    list.forEach(item -> array.add(of(item)));
    return array;
  }
}
