package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The variables of a flow; an inner flow reads those of the outer one and has its own.
final class Scope {
  private final Map<String, JsonNode> own = new ConcurrentHashMap<>();
  private final Optional<Scope> outer;

  private Scope(Optional<Scope> outer) {
    this.outer = outer;
  }

  static Scope empty() {
    return new Scope(Optional.empty());
  }

  Scope inner() {
    return new Scope(Optional.of(this));
  }

  Optional<JsonNode> find(String name) {
    JsonNode value = own.get(name);
    return value == null ? outer.flatMap(scope -> scope.find(name)) : Optional.of(value);
  }

  void assign(Map<String, JsonNode> values) {
    own.putAll(values);
  }
}
