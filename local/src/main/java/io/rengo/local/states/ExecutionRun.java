package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.Workflow.Status;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// One execution of a machine: a virtual thread that walks through its flow.
final class ExecutionRun {
  private static final String ACCOUNT = "arn:aws:states:local:000000000000:";

  private final Executions executions;
  private final String machine;
  private final String name;
  private final JsonNode input;
  private final Instant started;
  private final Instant deadline;
  private final Promise<Status> ended;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final Thread thread;
  private volatile Instant stopped = Instant.MAX;

  ExecutionRun(
      Executions executions, String machine, Definition definition, String name, JsonNode input) {
    this.executions = executions;
    this.machine = machine;
    this.name = name;
    this.input = input;
    started = engine().time().instant();
    deadline = definition.timeout().map(engine().time()::after).orElse(Instant.MAX);
    ended = new Promise<>(engine().time());
    thread = Thread.ofVirtual().name(machine + "/" + name).unstarted(() -> run(definition.flow()));
  }

  Engine engine() {
    return executions.engine();
  }

  Executions executions() {
    return executions;
  }

  String machine() {
    return machine;
  }

  String name() {
    return name;
  }

  JsonNode input() {
    return input;
  }

  Instant started() {
    return started;
  }

  /// When it ended, or [Instant#MAX].
  Instant stopped() {
    return stopped;
  }

  String arn() {
    return ACCOUNT + "execution:" + machine + ":" + name;
  }

  String machineArn() {
    return ACCOUNT + "stateMachine:" + machine;
  }

  Status status() {
    return ended.now().orElse(new Status.Running());
  }

  Promise<Status> ended() {
    return ended;
  }

  void begin() {
    tell(new Event.ExecutionStarted(machine, name, input));
    thread.start();
  }

  void stop(String cause) {
    end(new Status.Stopped(cause));
    thread.interrupt();
  }

  void tell(Event event) {
    engine().listener().accept(event);
  }

  /// Waits for a value until a moment, but not beyond the execution's own time.
  <T> Optional<T> await(Promise<T> promise, Instant until) throws StateError, InterruptedException {
    Optional<T> value = promise.await(until.isBefore(deadline) ? until : deadline);
    if (value.isEmpty() && !engine().time().instant().isBefore(deadline)) {
      throw StateError.executionTimeout();
    }
    return value;
  }

  /// Waits until a moment.
  void sleep(Instant until) throws StateError, InterruptedException {
    Optional<Boolean> unused = await(new Promise<Boolean>(engine().time()), until);
  }

  private void run(Flow flow) {
    try {
      end(new Status.Succeeded(new Walk(this, context(), Scope.empty()).follow(flow, input)));
    } catch (StateError e) {
      end(new Status.Failed(e.error(), e.cause()));
    } catch (InterruptedException e) {
      end(new Status.Stopped("the thread was interrupted"));
    } catch (RuntimeException | Error e) {
      end(new Status.Failed(StateError.RUNTIME, e.toString()));
    }
  }

  private void end(Status status) {
    if (ending.compareAndSet(false, true)) {
      stopped = engine().time().instant();
      try {
        tell(new Event.ExecutionEnded(machine, name, status));
      } finally {
        ended.complete(status);
      }
    }
  }

  private ObjectNode context() {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.set("Execution", execution(arn(), name, input, started));
    context.putObject("StateMachine").put("Id", machineArn()).put("Name", machine);
    return context;
  }

  /// The `Execution` of the context object.
  static ObjectNode execution(String arn, String name, JsonNode input, Instant started) {
    ObjectNode execution =
        JsonNodeFactory.instance
            .objectNode()
            .put("Id", arn)
            .put("Name", name)
            .put("RoleArn", "arn:aws:iam::000000000000:role/local")
            .put("StartTime", Moments.format(started))
            .put("RedriveCount", 0);
    execution.set("Input", input);
    return execution;
  }
}
