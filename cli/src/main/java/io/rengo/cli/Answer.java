package io.rengo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.Json;
import java.util.Optional;

/// A command's answer in JSON: built field by field, printed once.
final class Answer {
  private final ObjectNode fields = Json.MAPPER.createObjectNode();

  /// Adds a field; an empty [Optional] becomes null.
  Answer with(String name, Object value) {
    JsonNode tree = Json.tree(value instanceof Optional<?> optional ? optional : value);
    fields.set(name, tree);
    return this;
  }

  ObjectNode fields() {
    return fields;
  }

  /// Prints the object where JSON was asked for.
  void print(Options options, World world) {
    if (options.format == Options.Format.JSON) {
      print(world.screen());
    }
  }

  void print(Screen screen) {
    try {
      screen.out().println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(fields));
      screen.out().flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always written", e);
    }
  }
}
