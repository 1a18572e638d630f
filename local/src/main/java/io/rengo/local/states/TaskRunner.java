package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.local.Time;
import io.rengo.local.states.State.Task;
import io.rengo.local.states.Tokens.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Calls what a Task calls, and waits for the result.
final class TaskRunner {
  private static final long NEVER = 99_999_999;

  private final Task task;
  private final Visit visit;
  private final ExecutionRun run;
  private final Time time;

  private TaskRunner(Task task, Visit visit) {
    this.task = task;
    this.visit = visit;
    run = visit.run();
    time = run.engine().time();
  }

  static JsonNode run(Task task, Visit visit) throws StateError, InterruptedException {
    TaskRunner runner = new TaskRunner(task, visit);
    JsonNode result =
        switch (task.resource()) {
          case INVOKE -> runner.invoke();
          case INVOKE_AND_WAIT -> runner.invokeAndWait();
          case RUN_EXECUTION -> runner.runExecution();
        };
    DataLimit.check(result, "task's result");
    return result;
  }

  private JsonNode invoke() throws StateError, InterruptedException {
    JsonNode arguments = arguments(visit.bindings());
    Instant deadline = deadline();
    Promise<Outcome> reply = new Promise<>(time);
    Thread call = call(arguments, reply::complete);
    try {
      JsonNode payload = run.await(reply, deadline).orElseGet(this::timeout).get();
      ObjectNode result = JsonNodeFactory.instance.objectNode().put("ExecutedVersion", "$LATEST");
      result.set("Payload", payload);
      return result.put("StatusCode", 200);
    } finally {
      call.interrupt();
    }
  }

  private JsonNode invokeAndWait() throws StateError, InterruptedException {
    Waiting waiting = run.engine().tokens().open();
    try {
      JsonNode arguments = arguments(visit.bindings(waiting.token()));
      Instant deadline = deadline();
      Optional<Duration> heartbeat = duration(task.heartbeatSeconds());
      Thread call = call(arguments, outcome -> completeIfRaised(waiting, outcome));
      try {
        return reply(waiting, deadline, heartbeat).get();
      } finally {
        call.interrupt();
      }
    } finally {
      run.engine().tokens().close(waiting);
    }
  }

  private Outcome reply(Waiting waiting, Instant deadline, Optional<Duration> heartbeat)
      throws StateError, InterruptedException {
    while (true) {
      Instant silent = heartbeat.map(waiting.beat()::plus).orElse(Instant.MAX);
      Optional<Outcome> reply =
          run.await(waiting.reply(), silent.isBefore(deadline) ? silent : deadline);
      if (reply.isPresent()) {
        return reply.get();
      }
      Instant now = time.instant();
      if (!now.isBefore(deadline)) {
        return over(waiting, timeout());
      }
      if (!now.isBefore(heartbeat.map(waiting.beat()::plus).orElse(Instant.MAX))) {
        return over(waiting, new Outcome.Raised(silence()));
      }
    }
  }

  /// Ends the wait with this outcome, unless another came in the last moment.
  private static Outcome over(Waiting waiting, Outcome outcome) {
    waiting.reply().complete(outcome);
    return waiting.reply().now().orElse(outcome);
  }

  private static void completeIfRaised(Waiting waiting, Outcome outcome) {
    if (outcome instanceof Outcome.Raised) {
      waiting.reply().complete(outcome);
    }
  }

  private JsonNode runExecution() throws StateError, InterruptedException {
    JsonNode arguments = arguments(visit.bindings());
    Instant deadline = deadline();
    ExecutionRun child = ChildExecution.start(run.executions(), arguments);
    try {
      if (run.await(child.ended(), deadline).isEmpty()) {
        return timeout().get();
      }
      return ChildExecution.result(child);
    } finally {
      child.stop("The execution that started it went on without it");
    }
  }

  private Thread call(JsonNode arguments, Consumer<Outcome> done) {
    String function = arguments.path("FunctionName").asText();
    JsonNode payload =
        arguments.has("Payload") ? arguments.get("Payload") : JsonNodeFactory.instance.objectNode();
    Functions functions = run.engine().functions();
    return Thread.ofVirtual()
        .name(run.name() + " " + function)
        .start(() -> done.accept(Outcome.of(functions, function, payload)));
  }

  private JsonNode arguments(Bindings bindings) throws StateError {
    JsonNode arguments = task.arguments().evaluate(bindings);
    DataLimit.check(arguments, "task's arguments");
    return arguments;
  }

  private Instant deadline() throws StateError {
    return time.after(duration(task.timeoutSeconds()).orElse(Duration.ofSeconds(NEVER)));
  }

  private Optional<Duration> duration(Optional<Template> seconds) throws StateError {
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Values.count(seconds.get(), visit.bindings(), 1)));
  }

  private Outcome timeout() {
    return new Outcome.Raised(
        new StateError(
            StateError.TIMEOUT, "State " + visit.state() + " took longer than TimeoutSeconds"));
  }

  private StateError silence() {
    return new StateError(
        StateError.HEARTBEAT,
        "State " + visit.state() + " heard nothing for longer than HeartbeatSeconds");
  }
}
