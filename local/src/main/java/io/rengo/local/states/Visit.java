package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// One attempt at a state.
record Visit(Walk walk, String state, JsonNode input, Instant entered, int retries) {
  ExecutionRun run() {
    return walk.run();
  }

  Bindings bindings() {
    return Bindings.of(input, context(), walk.scope());
  }

  /// The bindings with `$states.context.Task.Token`.
  Bindings bindings(String token) {
    ObjectNode context = context();
    context.putObject("Task").put("Token", token);
    return Bindings.of(input, context, walk.scope());
  }

  /// The bindings with `$states.context.Map.Item`.
  Bindings bindings(int index, JsonNode item) {
    return Bindings.of(input, withItem(context(), index, item), walk.scope());
  }

  /// A walk through a flow inside this state, which reads this walk's variables.
  Walk inner() {
    return new Walk(run(), walk.context(), walk.scope().inner());
  }

  /// The same for an item of a Map.
  Walk inner(int index, JsonNode item) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.setAll(walk.context());
    return new Walk(run(), withItem(context, index, item), walk.scope().inner());
  }

  /// A walk for an item of a distributed Map: an execution of its own, without these variables.
  Walk child(int index, JsonNode input) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.setAll(walk.context());
    String name = state + "-" + index;
    context.set(
        "Execution",
        ExecutionRun.execution(
            run().arn() + "/" + name, name, input, run().engine().time().instant()));
    return new Walk(run(), context, Scope.empty());
  }

  private ObjectNode context() {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.setAll(walk.context());
    context
        .putObject("State")
        .put("EnteredTime", Moments.format(entered))
        .put("Name", state)
        .put("RetryCount", retries);
    return context;
  }

  private static ObjectNode withItem(ObjectNode context, int index, JsonNode item) {
    context.putObject("Map").putObject("Item").put("Index", index).set("Value", item);
    return context;
  }
}
