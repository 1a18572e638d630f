package io.rengo.local.states;

import static io.rengo.local.states.Trial.json;
import static io.rengo.local.states.Trial.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.Workflow.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ChildExecutionTest {
  private static final String PARENT =
      """
      "R": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
        "Arguments": {"StateMachineArn": "arn:aws:states:x:y:stateMachine:round",
          "Name": "{% $states.context.Execution.Name & '-' & $string($states.input.n) %}",
          "Input": {"n": "{% $states.input.n %}"}},
        "TimeoutSeconds": 3600, "End": true}
      """;

  @Test
  void the_result_tells_name_status_and_output() throws Exception {
    Trial trial =
        Trial.of(
            PARENT,
            "round",
            """
            "S": {"Type": "Succeed", "Output": {"m": "{% $states.input.n + 1 %}"}}
            """);

    assertThat(trial.run("{'n': 1}"))
        .isEqualTo(
            succeeded(
                """
                {"ExecutionArn": "arn:aws:states:local:000000000000:execution:round:run-1",
                 "Name": "run-1",
                 "StateMachineArn": "arn:aws:states:local:000000000000:stateMachine:round",
                 "StartDate": 1767323045678, "StopDate": 1767323045678,
                 "Input": {"n": 1}, "Output": {"m": 2}, "Status": "SUCCEEDED"}
                """));
    assertThat(trial.path()).containsExactly("R", "S");
  }

  @Test
  void the_error_of_the_child_stands_in_the_cause() throws Exception {
    Trial trial =
        Trial.of(
            PARENT,
            "round",
            """
            "F": {"Type": "Fail", "Error": "E", "Cause": "why"}
            """);

    assertThat(trial.run("{'n': 1}"))
        .isInstanceOfSatisfying(
            Status.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo("States.TaskFailed");
              assertThat(json(failed.cause()).path("Error").asText()).isEqualTo("E");
              assertThat(json(failed.cause()).path("Cause").asText()).isEqualTo("why");
              assertThat(json(failed.cause()).path("Status").asText()).isEqualTo("FAILED");
            });
  }

  @Test
  void a_name_is_given_once() throws Exception {
    Trial trial =
        Trial.of(
            """
            "A": %s,
            "B": %s
            """
                .formatted(
                    body(PARENT)
                        .replace("\"End\": true", "\"Next\": \"B\", \"Output\": {\"n\": 1}"),
                    body(PARENT)),
            "round",
            "\"S\": {\"Type\": \"Succeed\"}");

    assertThat(trial.run("{'n': 1}"))
        .isEqualTo(
            new Status.Failed(
                "StepFunctions.ExecutionAlreadyExistsException",
                "Execution already exists: run-1"));
  }

  @Test
  void an_unknown_machine_is_named() throws Exception {
    assertThat(Trial.of(PARENT).run("{'n': 1}"))
        .isEqualTo(
            new Status.Failed(
                "StepFunctions.StateMachineDoesNotExistException",
                "No state machine is named round; there are: [job]"));
  }

  @Test
  void stopping_the_parent_stops_the_child() throws Exception {
    Trial trial = waiting();
    trial.start("{'n': 1}");
    trial.time.advanceWhenAwaited(Duration.ofSeconds(10));
    trial.calls.take();

    trial.interpreter.stop("run", "enough");

    assertThat(trial.end()).isEqualTo(new Status.Stopped("enough"));
    trial.awaitEvent(ChildExecutionTest::isStoppedChild);
  }

  @Test
  void a_child_that_takes_too_long_is_stopped() throws Exception {
    Trial trial = waiting();
    trial.start("{'n': 1}");
    trial.time.advanceWhenAwaited(Duration.ofSeconds(10));
    trial.calls.take();

    trial.time.advance(Duration.ofHours(1));

    assertThat(trial.end())
        .isInstanceOfSatisfying(
            Status.Failed.class, failed -> assertThat(failed.error()).isEqualTo("States.Timeout"));
    trial.awaitEvent(ChildExecutionTest::isStoppedChild);
  }

  private static Trial waiting() {
    return Trial.of(
            PARENT,
            "round",
            """
            "W": {"Type": "Wait", "Seconds": 10, "Next": "T"},
            "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Arguments": {"FunctionName": "f"}, "End": true}
            """)
        .function("f", (name, payload) -> payload);
  }

  private static boolean isStoppedChild(Event event) {
    return event instanceof Event.ExecutionEnded(String machine, String name, Status status)
        && machine.equals("round")
        && name.equals("run-1")
        && status instanceof Status.Stopped;
  }

  private static String body(String state) {
    return state.substring(state.indexOf('{'));
  }
}
