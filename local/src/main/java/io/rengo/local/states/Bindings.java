package io.rengo.local.states;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.local.states.State.Effects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an expression sees: `$states` and the variables.
final class Bindings {
  private final ObjectNode states;
  private final Scope scope;

  private Bindings(ObjectNode states, Scope scope) {
    this.states = states;
    this.scope = scope;
  }

  static Bindings of(JsonNode input, JsonNode context, Scope scope) {
    ObjectNode states = JsonNodeFactory.instance.objectNode();
    states.set("input", input);
    states.set("context", context);
    return new Bindings(states, scope);
  }

  /// The same with `$states.result`.
  Bindings withResult(JsonNode result) {
    return with("result", result);
  }

  /// The same with `$states.errorOutput`.
  Bindings withError(JsonNode errorOutput) {
    return with("errorOutput", errorOutput);
  }

  /// A frame with the variables of that name, for one evaluation.
  Jsonata.Frame frame(Jsonata expression, Set<String> names) {
    Jsonata.Frame frame = expression.createFrame();
    ExtraFunctions.bind(frame);
    for (String name : names) {
      if (name.equals("states")) {
        frame.bind(name, JsonView.of(states));
      } else {
        scope.find(name).ifPresent(value -> frame.bind(name, JsonView.of(value)));
      }
    }
    return frame;
  }

  /// The step that ends a state: its output, or `otherwise` where it names none, and its
  /// assignments, all from the values before.
  Step step(Effects effects, JsonNode otherwise, Optional<String> next) throws StateError {
    JsonNode output =
        effects.output().isPresent() ? effects.output().get().evaluate(this) : otherwise;
    Map<String, JsonNode> assigned = new LinkedHashMap<>();
    for (Map.Entry<String, Template> variable : effects.assign().entrySet()) {
      JsonNode value = variable.getValue().evaluate(this);
      DataLimit.check(value, "variable $" + variable.getKey());
      assigned.put(variable.getKey(), value);
    }
    DataLimit.check(output, "output");
    return new Step(output, assigned, next);
  }

  private Bindings with(String name, JsonNode value) {
    ObjectNode more = JsonNodeFactory.instance.objectNode();
    more.setAll(states);
    more.set(name, value);
    return new Bindings(more, scope);
  }
}
