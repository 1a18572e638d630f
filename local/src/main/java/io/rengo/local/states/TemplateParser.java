package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.local.states.Template.ArrayOf;
import io.rengo.local.states.Template.Computed;
import io.rengo.local.states.Template.Literal;
import io.rengo.local.states.Template.ObjectOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads templates, and notes the expressions in them.
final class TemplateParser {
  private static final String OPEN = "{%";
  private static final String CLOSE = "%}";

  private final List<Expression> expressions = new ArrayList<>();

  List<Expression> expressions() {
    return expressions;
  }

  Template parse(JsonNode json, String where) {
    if (json.isObject()) {
      return objectOf(json, where);
    }
    if (json.isArray()) {
      return arrayOf(json, where);
    }
    return json.isTextual() ? text(json, where) : new Literal(json);
  }

  private Template objectOf(JsonNode json, String where) {
    Map<String, Template> fields = new LinkedHashMap<>();
    json.properties()
        .forEach(field ->
            fields.put(field.getKey(), parse(field.getValue(), where + "." + field.getKey())));
    return fields.values().stream().allMatch(Literal.class::isInstance)
        ? new Literal(json)
        : new ObjectOf(fields);
  }

  private Template arrayOf(JsonNode json, String where) {
    List<Template> items = new ArrayList<>();
    for (JsonNode item : json) {
      items.add(parse(item, where + "[" + items.size() + "]"));
    }
    return items.stream().allMatch(Literal.class::isInstance)
        ? new Literal(json)
        : new ArrayOf(items);
  }

  private Template text(JsonNode json, String where) {
    String text = json.textValue();
    boolean opens = text.startsWith(OPEN);
    if (opens != text.endsWith(CLOSE)) {
      throw Fields.invalid(
          "an expression that is not closed: " + text, where, "Write {% expression %}");
    }
    if (!opens) {
      return new Literal(json);
    }
    String source = text.substring(OPEN.length(), text.length() - CLOSE.length()).trim();
    Expression expression = Expression.parse(source, where);
    expressions.add(expression);
    return new Computed(expression);
  }
}
