package io.rengo.aws;

import java.util.Optional;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// Stops an execution, and the execution that it last started and waits for, whose ARN is in its
/// history. Step Functions stops that one by itself, if it can: this makes it sure.
record SfnStop(SfnClient client, String cause) {
  /// Returns whether there was another execution to stop.
  boolean stop(String execution) {
    client.stopExecution(r -> r.executionArn(execution).cause(cause));
    Optional<String> child = lastStarted(execution);
    child.ifPresent(this::stop);
    return child.isPresent();
  }

  private Optional<String> lastStarted(String execution) {
    return client
        .getExecutionHistoryPaginator(r -> r.executionArn(execution).reverseOrder(true))
        .events()
        .stream()
        .filter(SfnStop::isStartOfExecution)
        .findFirst()
        .map(event -> SfnJson.parse(event.taskSubmittedEventDetails().output()))
        .map(output -> output.path("ExecutionArn").asText())
        .filter(arn -> !arn.isEmpty());
  }

  private static boolean isStartOfExecution(HistoryEvent event) {
    return event.type() == HistoryEventType.TASK_SUBMITTED
        && event.taskSubmittedEventDetails().resourceType().equals("states");
  }
}
