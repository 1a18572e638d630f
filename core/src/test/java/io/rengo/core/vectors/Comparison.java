package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;

/// Compares what a runner gives with what a case expects, element by element.
///
/// @param where file and case, for the failure
/// @param absolute part of the tolerance that stands by itself
/// @param relative part of the tolerance that grows with the expected number
record Comparison(String where, double absolute, double relative) {
  static Comparison of(String where, JsonNode tolerance) {
    if (tolerance.isTextual() && tolerance.asText().equals("exact")) {
      return new Comparison(where, 0, 0);
    }
    if (!tolerance.path("abs").isNumber() || !tolerance.path("rel").isNumber()) {
      throw new IllegalArgumentException(where + " has the tolerance " + tolerance);
    }
    return new Comparison(where, tolerance.get("abs").asDouble(), tolerance.get("rel").asDouble());
  }

  void check(JsonNode expected, JsonNode got) {
    check("", expected, got);
  }

  private void check(String element, JsonNode expected, JsonNode got) {
    if (expected.isArray()) {
      require(got.isArray() && got.size() == expected.size(), element, expected, got);
      for (int i = 0; i < expected.size(); i++) {
        check(element + "[" + i + "]", expected.get(i), got.get(i));
      }
    } else if (expected.isObject()) {
      require(got.isObject() && got.size() == expected.size(), element, expected, got);
      expected
          .properties()
          .forEach(field ->
              check(element + "." + field.getKey(), field.getValue(), got.path(field.getKey())));
    } else {
      require(agrees(expected, got), element, expected, got);
    }
  }

  private boolean agrees(JsonNode expected, JsonNode got) {
    if (expected.isIntegralNumber() && got.isIntegralNumber() && absolute == 0 && relative == 0) {
      return expected.bigIntegerValue().equals(got.bigIntegerValue());
    }
    OptionalDouble number = number(expected);
    OptionalDouble gotNumber = number(got);
    if (number.isEmpty() || gotNumber.isEmpty()) {
      return expected.equals(got);
    }
    double e = number.getAsDouble();
    double g = gotNumber.getAsDouble();
    return Double.compare(e, g) == 0 || Math.abs(g - e) <= absolute + relative * Math.abs(e);
  }

  /// A number, or one of the three strings that stand for what JSON has no number for.
  private static OptionalDouble number(JsonNode node) {
    if (node.isNumber()) {
      return OptionalDouble.of(node.asDouble());
    }
    return switch (node.asText()) {
      case "inf", "Infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-inf", "-Infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      case "nan", "NaN" -> OptionalDouble.of(Double.NaN);
      default -> OptionalDouble.empty();
    };
  }

  private void require(boolean holds, String element, JsonNode expected, JsonNode got) {
    if (!holds) {
      throw new AssertionError(
          "%s, element %s: expected %s, got %s (tolerance abs %s, rel %s)"
              .formatted(
                  where, element.isEmpty() ? "." : element, expected, got, absolute, relative));
    }
  }
}
