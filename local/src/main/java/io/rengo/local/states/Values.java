package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;

/// Values that a field needs to be of one type.
final class Values {
  private Values() {}

  static boolean truth(Template template, Bindings bindings) throws StateError {
    JsonNode value = template.evaluate(bindings);
    if (!value.isBoolean()) {
      throw unfit(template, value, "true or false");
    }
    return value.booleanValue();
  }

  static String text(Template template, Bindings bindings) throws StateError {
    JsonNode value = template.evaluate(bindings);
    if (!value.isTextual()) {
      throw unfit(template, value, "a text");
    }
    return value.textValue();
  }

  static long count(Template template, Bindings bindings, long least) throws StateError {
    JsonNode value = template.evaluate(bindings);
    if (!value.isIntegralNumber() || value.longValue() < least) {
      throw unfit(template, value, "a whole number of " + least + " or more");
    }
    return value.longValue();
  }

  static JsonNode array(Template template, Bindings bindings) throws StateError {
    JsonNode value = template.evaluate(bindings);
    if (!value.isArray()) {
      throw unfit(template, value, "an array");
    }
    return value;
  }

  private static StateError unfit(Template template, JsonNode value, String needed) {
    return template instanceof Template.Computed computed
        ? computed.expression().unfit(value, needed)
        : new StateError(StateError.QUERY, value + " is not " + needed);
  }
}
