package io.rengo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.cli.JobState.State;
import io.rengo.protocol.Json;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Workflow;
import java.util.Optional;

/// What records and the workflow say of a job, in a reader's words.
final class JobStates {
  private JobStates() {}

  static JobState of(Progress progress) {
    State state =
        switch (progress.state()) {
          case RUNNING -> State.RUNNING;
          case COMPLETED -> State.COMPLETED;
          case FAILED -> State.FAILED;
          case ABORTED -> State.ABORTED;
        };
    return new JobState(
        progress.job(),
        state,
        Optional.of(progress.started()),
        progress.published(),
        progress.accuracy(),
        progress.reason());
  }

  static JobState of(String job, Workflow.Status status) {
    return switch (status) {
      case Workflow.Status.Running() -> bare(job, State.RUNNING, Optional.empty());
      case Workflow.Status.Succeeded(JsonNode output) ->
          bare(job, State.COMPLETED, Optional.of(output.path("reason").asText("")));
      case Workflow.Status.Failed(String error, String cause) ->
          bare(job, State.FAILED, Optional.of(reason(error, cause)));
      case Workflow.Status.Stopped(String cause) -> bare(job, State.ABORTED, Optional.of(cause));
    };
  }

  /// A job of which the records say that it runs ended where its execution did.
  static JobState join(JobState recorded, JobState executed) {
    return recorded.ended() || !executed.ended()
        ? recorded
        : new JobState(
            recorded.job(),
            executed.state(),
            recorded.started(),
            recorded.rounds(),
            recorded.accuracy(),
            executed.reason());
  }

  /// Error and cause of an execution as one text; Lambda gives the cause as JSON with the
  /// exception's message in it.
  static String reason(String error, String cause) {
    String message = message(cause);
    return error.isBlank() || message.startsWith(error) || message != cause
        ? message
        : error + ": " + message;
  }

  private static String message(String cause) {
    if (!cause.startsWith("{")) {
      return cause;
    }
    try {
      String message = Json.MAPPER.readTree(cause).path("errorMessage").asText();
      return message.isEmpty() ? cause : message;
    } catch (JsonProcessingException e) {
      return cause;
    }
  }

  private static JobState bare(String job, State state, Optional<String> reason) {
    return new JobState(
        job, state, Optional.empty(), 0, Optional.empty(), reason.filter(text -> !text.isBlank()));
  }
}
