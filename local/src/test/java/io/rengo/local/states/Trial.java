package io.rengo.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rengo.local.ManualTime;
import io.rengo.local.MemoryObjectStore;
import io.rengo.protocol.Workflow.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// An interpreter with machines, functions and a time that a test gives it.
final class Trial {
  private static final ObjectMapper JSON = new ObjectMapper();

  final ManualTime time = new ManualTime(Instant.parse("2026-01-02T03:04:05.678Z"));
  final MemoryObjectStore objects = new MemoryObjectStore();
  final List<Event> events = new CopyOnWriteArrayList<>();
  final BlockingQueue<JsonNode> calls = new LinkedBlockingQueue<>();
  final Interpreter interpreter;

  private final BlockingQueue<Event> happened = new LinkedBlockingQueue<>();
  private final Map<String, Functions> functions = new ConcurrentHashMap<>();

  private Trial(Map<String, Definition> machines) {
    interpreter = new Interpreter(machines, "job", this::invoke, objects, time, this::hear);
  }

  /// A machine of these states, which begins with the first.
  static Trial of(String states) {
    return ofMachine(machine(states));
  }

  static Trial ofMachine(String definition) {
    return new Trial(Map.of("job", Definition.parse(definition, Map.of())));
  }

  static Trial of(String states, String childName, String childStates) {
    Map<String, Definition> machines = new HashMap<>();
    machines.put("job", Definition.parse(machine(states), Map.of()));
    machines.put(childName, Definition.parse(machine(childStates), Map.of()));
    return new Trial(machines);
  }

  static String machine(String states) {
    String first = json("{" + states + "}").fieldNames().next();
    return "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"%s\", \"States\": {%s}}"
        .formatted(first, states);
  }

  Trial function(String name, Functions function) {
    functions.put(name, function);
    return this;
  }

  /// Runs to the end, where nothing waits.
  Status run(String input) throws InterruptedException {
    start(input);
    return end();
  }

  void start(String input) {
    interpreter.start("run", json(input));
  }

  Status end() throws InterruptedException {
    return interpreter.await("run");
  }

  /// The states in the order in which they were entered.
  List<String> path() {
    return events.stream()
        .flatMap(event ->
            event instanceof Event.StateEntered entered
                ? Stream.of(entered.state())
                : Stream.empty())
        .toList();
  }

  /// Waits until something of this kind has happened.
  void awaitEvent(Predicate<Event> wanted) throws InterruptedException {
    while (!wanted.test(happened.take())) {}
  }

  static Status.Succeeded succeeded(String output) {
    return new Status.Succeeded(json(output));
  }

  /// JSON, with single quotes where it has no double ones.
  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.contains("\"") ? text : text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private void hear(Event event) {
    events.add(event);
    happened.add(event);
  }

  private JsonNode invoke(String function, JsonNode payload) throws FunctionError {
    calls.add(payload);
    Functions found = functions.get(function);
    if (found == null) {
      throw new FunctionError("Lambda.ResourceNotFoundException", "no function " + function);
    }
    return found.invoke(function, payload);
  }
}
