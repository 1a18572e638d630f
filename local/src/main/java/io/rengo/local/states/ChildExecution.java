package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.Workflow.Status;
import java.util.UUID;

/// An execution that a task starts and waits for.
final class ChildExecution {
  private ChildExecution() {}

  static ExecutionRun start(Executions executions, JsonNode arguments) throws StateError {
    String arn = arguments.path("StateMachineArn").asText();
    String machine = arn.substring(arn.lastIndexOf(':') + 1);
    String name = arguments.path("Name").asText(UUID.randomUUID().toString());
    JsonNode input =
        arguments.has("Input") ? arguments.get("Input") : JsonNodeFactory.instance.objectNode();
    return executions.start(machine, name, input);
  }

  /// What is known of an execution that succeeded; the error of one that did not.
  static JsonNode result(ExecutionRun child) throws StateError {
    ObjectNode known =
        JsonNodeFactory.instance
            .objectNode()
            .put("ExecutionArn", child.arn())
            .put("Name", child.name())
            .put("StateMachineArn", child.machineArn())
            .put("StartDate", child.started().toEpochMilli())
            .put("StopDate", child.stopped().toEpochMilli());
    known.set("Input", child.input());
    return switch (child.status()) {
      case Status.Succeeded succeeded -> {
        known.set("Output", succeeded.output());
        yield known.put("Status", "SUCCEEDED");
      }
      case Status.Failed failed -> {
        String status = failed.error().equals(StateError.TIMEOUT) ? "TIMED_OUT" : "FAILED";
        known.put("Error", failed.error()).put("Cause", failed.cause()).put("Status", status);
        throw new StateError(StateError.TASK_FAILED, known.toString());
      }
      case Status.Stopped stopped -> {
        known.put("Cause", stopped.cause()).put("Status", "ABORTED");
        throw new StateError(StateError.TASK_FAILED, known.toString());
      }
      case Status.Running running ->
          throw new IllegalStateException("asked before the end: " + child.arn());
    };
  }
}
