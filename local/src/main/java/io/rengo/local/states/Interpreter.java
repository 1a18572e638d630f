package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.local.Time;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs state machines in this process. Every execution is a virtual thread; what waits costs
/// nothing. Executions are kept in memory and end with the process.
public final class Interpreter implements Workflow {
  private final String jobMachine;
  private final Tokens tokens;
  private final Executions executions;

  /// @param machines the definitions by the names that `StateMachineArn` ends with
  /// @param jobMachine which of them is the job workflow
  /// @param objects where a Map's ItemReader reads, whatever its bucket
  /// @param time what waits and timeouts go by
  /// @param listener hears of every [Event], in the thread in which it happens
  public Interpreter(
      Map<String, Definition> machines,
      String jobMachine,
      Functions functions,
      ObjectStore objects,
      Time time,
      Consumer<Event> listener) {
    if (!machines.containsKey(jobMachine)) {
      throw Fields.invalid(
          "no machine is named " + jobMachine, "the machines", "There are: " + machines.keySet());
    }
    this.jobMachine = jobMachine;
    tokens = new Tokens(time);
    executions = new Executions(machines, new Engine(functions, objects, time, listener, tokens));
  }

  @Override
  public void start(String name, JsonNode input) {
    if (find(name).map(ExecutionRun::status).filter(Status.Running.class::isInstance).isEmpty()) {
      try {
        executions.start(jobMachine, name, input);
      } catch (StateError e) {
        throw new RengoException(
            ErrorCode.CONFLICT,
            "the execution did not start: " + e.cause(),
            name,
            "Take another name, or a smaller input");
      }
    }
  }

  @Override
  public boolean succeed(String token, JsonNode output) {
    if (DataLimit.size(output) > DataLimit.BYTES) {
      throw new RengoException(
          ErrorCode.MESSAGE_INVALID,
          "the output is longer than 256 KiB",
          token,
          "Store it and give its key");
    }
    return tokens.complete(token, new Outcome.Returned(output));
  }

  /// Ends the wait for a token with an error. Returns false where nobody waits any more.
  public boolean fail(String token, String error, String cause) {
    return tokens.complete(token, new Outcome.Raised(new StateError(error, cause)));
  }

  /// Says that the work for a token goes on. Returns false where nobody waits any more.
  public boolean heartbeat(String token) {
    return tokens.beat(token);
  }

  @Override
  public Optional<Status> describe(String name) {
    return find(name).map(ExecutionRun::status);
  }

  /// Waits until the job workflow's execution of that name has ended, and says how. Throws
  /// [ErrorCode#JOB_UNKNOWN] where there is none.
  public Status await(String name) throws InterruptedException {
    ExecutionRun run =
        find(name)
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.JOB_UNKNOWN,
                    "there is no execution of this name",
                    name,
                    "Start it first"));
    return run.ended().await(Instant.MAX).orElseThrow();
  }

  @Override
  public void stop(String name, String cause) {
    find(name).ifPresent(run -> run.stop(cause));
  }

  @Override
  public List<Execution> list() {
    return executions.all(jobMachine).stream()
        .map(run -> new Execution(run.name(), run.status()))
        .toList();
  }

  private Optional<ExecutionRun> find(String name) {
    return executions.find(jobMachine, name);
  }
}
