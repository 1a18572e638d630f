package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.Workflow.Status;
import java.time.Duration;

/// Something that happened in an execution.
public sealed interface Event {
  /// The machine's name.
  String machine();

  /// The execution's name.
  String execution();

  /// An execution began.
  record ExecutionStarted(String machine, String execution, JsonNode input) implements Event {}

  /// A state began; once, however often it is retried.
  record StateEntered(String machine, String execution, String state, JsonNode input)
      implements Event {}

  /// A state ended and gave on its output; also where its error was caught.
  record StateExited(String machine, String execution, String state, JsonNode output)
      implements Event {}

  /// A state failed and will be tried again.
  record StateRetried(
      String machine, String execution, String state, String error, String cause, Duration delay)
      implements Event {}

  /// A state failed and will not be tried again; its error may yet be caught.
  record StateFailed(String machine, String execution, String state, String error, String cause)
      implements Event {}

  /// An execution ended.
  record ExecutionEnded(String machine, String execution, Status status) implements Event {}
}
