package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// The machines, and their executions by name. A name is given once.
final class Executions {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.+!@()=-]{1,80}");

  private final Map<String, Definition> machines;
  private final Map<String, Map<String, ExecutionRun>> runs = new LinkedHashMap<>();
  private final Lock lock = new ReentrantLock();
  private final Engine engine;

  Executions(Map<String, Definition> machines, Engine engine) {
    this.machines = Map.copyOf(machines);
    this.engine = engine;
    machines.keySet().forEach(machine -> runs.put(machine, new LinkedHashMap<>()));
  }

  Engine engine() {
    return engine;
  }

  /// Starts an execution, or throws the error of AWS Step Functions.
  ExecutionRun start(String machine, String name, JsonNode input) throws StateError {
    DataLimit.check(input, "input");
    Definition definition = machines.get(machine);
    if (definition == null) {
      throw new StateError(
          "StepFunctions.StateMachineDoesNotExistException",
          "No state machine is named " + machine + "; there are: " + machines.keySet());
    }
    if (!NAME.matcher(name).matches()) {
      throw new StateError(
          "StepFunctions.InvalidNameException", "Not of the form " + NAME + ": " + name);
    }
    ExecutionRun run = new ExecutionRun(this, machine, definition, name, input);
    if (!add(run)) {
      throw new StateError(
          "StepFunctions.ExecutionAlreadyExistsException", "Execution already exists: " + name);
    }
    run.begin();
    return run;
  }

  Optional<ExecutionRun> find(String machine, String name) {
    lock.lock();
    try {
      return Optional.ofNullable(of(machine).get(name));
    } finally {
      lock.unlock();
    }
  }

  /// The executions of a machine, the newest first.
  List<ExecutionRun> all(String machine) {
    lock.lock();
    try {
      return new ArrayList<>(of(machine).values()).reversed();
    } finally {
      lock.unlock();
    }
  }

  private boolean add(ExecutionRun run) {
    lock.lock();
    try {
      return of(run.machine()).putIfAbsent(run.name(), run) == null;
    } finally {
      lock.unlock();
    }
  }

  private Map<String, ExecutionRun> of(String machine) {
    return runs.getOrDefault(machine, Map.of());
  }
}
