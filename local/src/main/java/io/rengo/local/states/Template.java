package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/// JSON in a definition whose texts of the form `{% … %}` are expressions.
sealed interface Template {
  JsonNode evaluate(Bindings bindings) throws StateError;

  /// JSON without expressions.
  record Literal(JsonNode value) implements Template {
    @Override
    public JsonNode evaluate(Bindings bindings) {
      return value;
    }
  }

  /// One expression.
  record Computed(Expression expression) implements Template {
    @Override
    public JsonNode evaluate(Bindings bindings) throws StateError {
      return expression.evaluate(bindings);
    }
  }

  /// An object with expressions in it.
  record ObjectOf(Map<String, Template> fields) implements Template {
    @Override
    public JsonNode evaluate(Bindings bindings) throws StateError {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, Template> field : fields.entrySet()) {
        object.set(field.getKey(), field.getValue().evaluate(bindings));
      }
      return object;
    }
  }

  /// An array with expressions in it.
  record ArrayOf(List<Template> items) implements Template {
    @Override
    public JsonNode evaluate(Bindings bindings) throws StateError {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Template item : items) {
        array.add(item.evaluate(bindings));
      }
      return array;
    }
  }
}
