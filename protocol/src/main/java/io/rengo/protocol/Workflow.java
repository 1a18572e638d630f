package io.rengo.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// The orchestrator that runs the state machines, as AWS Step Functions.
public interface Workflow {
  /// Where an execution stands.
  sealed interface Status {
    record Running() implements Status {}

    record Succeeded(JsonNode output) implements Status {}

    record Failed(String error, String cause) implements Status {}

    record Stopped(String cause) implements Status {}
  }

  /// An execution by name and where it stands.
  record Execution(String name, Status status) {}

  /// Starts the job workflow under a name; does nothing where an execution of that name runs.
  /// Throws [ErrorCode#CONFLICT] where one has ended: a name is given once.
  void start(String name, JsonNode input);

  /// Ends the wait for a token with its result. Returns false where nobody waits any more.
  boolean succeed(String token, JsonNode output);

  /// The job workflow's execution of that name, or empty.
  Optional<Status> describe(String name);

  /// Stops an execution and what it started.
  void stop(String name, String cause);

  /// The executions of the job workflow, the newest first.
  List<Execution> list();
}
