package io.rengo.local.states;

import static io.rengo.local.states.Trial.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.Workflow.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WaitTest {
  @Test
  void seconds_pass() throws Exception {
    Trial trial =
        Trial.of(
            """
            "W": {"Type": "Wait", "Seconds": "{% $states.input.s * 60 %}", "Output": "woken",
              "End": true}
            """);

    trial.start("{'s': 60}");
    trial.time.advanceWhenAwaited(Duration.ofHours(1));

    assertThat(trial.end()).isEqualTo(succeeded("'woken'"));
  }

  @Test
  void it_waits_until_a_moment() throws Exception {
    Trial trial =
        Trial.of(
            """
            "W": {"Type": "Wait", "Timestamp": "2026-01-02T04:04:05.678+01:00", "Next": "X"},
            "X": {"Type": "Wait", "Timestamp": "{% $states.input.t %}", "End": true}
            """);

    trial.start("{'t': '2026-01-02T04:04:05.678Z'}");
    trial.time.advanceWhenAwaited(Duration.ofHours(1));

    assertThat(trial.end()).isInstanceOf(Status.Succeeded.class);
  }

  @Test
  void the_time_is_whole_seconds() throws Exception {
    Trial trial =
        Trial.of(
            """
            "W": {"Type": "Wait", "Seconds": "{% 0.5 %}", "End": true}
            """);

    assertThat(trial.run("{}"))
        .isEqualTo(
            new Status.Failed(
                "States.QueryEvaluationError",
                "The expression «0.5» of state W, field Seconds returned 0.5, not a whole number of"
                    + " 0 or more"));
  }

  @Test
  void the_execution_ends_when_its_own_time_is_over() throws Exception {
    Trial trial =
        Trial.ofMachine(
            """
            {"QueryLanguage": "JSONata", "StartAt": "P", "TimeoutSeconds": 60, "States": {
              "P": {"Type": "Parallel", "End": true,
                "Branches": [{"StartAt": "W", "States": {
                  "W": {"Type": "Wait", "Seconds": 3600, "End": true}}}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]},
              "Caught": {"Type": "Succeed"}}}
            """);

    trial.start("{}");
    trial.time.advanceWhenAwaited(Duration.ofSeconds(60));

    assertThat(trial.end())
        .isEqualTo(
            new Status.Failed(
                "States.Timeout", "The execution took longer than its TimeoutSeconds"));
    assertThat(trial.path()).doesNotContain("Caught");
  }
}
