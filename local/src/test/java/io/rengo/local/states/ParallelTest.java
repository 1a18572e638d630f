package io.rengo.local.states;

import static io.rengo.local.states.Trial.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.Workflow.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ParallelTest {
  @Test
  void the_results_come_in_the_order_of_the_branches() throws Exception {
    Trial trial =
        Trial.of(
            """
            "A": {"Type": "Pass", "Assign": {"x": 10}, "Next": "P"},
            "P": {"Type": "Parallel", "Arguments": {"n": "{% $states.input.n + 1 %}"}, "End": true,
              "Branches": [
                {"StartAt": "B", "States": {
                  "B": {"Type": "Pass", "Output": "{% $states.input.n + $x %}", "End": true}}},
                {"StartAt": "C", "States": {
                  "C": {"Type": "Pass", "Assign": {"y": 1}, "Next": "D"},
                  "D": {"Type": "Pass", "Output": "{% $y %}", "End": true}}}]}
            """);

    assertThat(trial.run("{'n': 1}")).isEqualTo(succeeded("[12, 1]"));
  }

  @Test
  void the_error_of_a_branch_ends_the_others() throws Exception {
    Trial trial =
        Trial.of(
            """
            "P": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 3600, "End": true}}},
                {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "E", "Cause": "why"}}}]}
            """);

    assertThat(trial.run("{}")).isEqualTo(new Status.Failed("E", "why"));
  }

  @Test
  void it_is_tried_again_as_a_whole() throws Exception {
    Trial trial =
        Trial.of(
            """
            "P": {"Type": "Parallel", "End": true,
              "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1, "IntervalSeconds": 5}],
              "Branches": [
                {"StartAt": "B", "States": {"B": {"Type": "Fail", "Error": "E"}}}]}
            """);

    trial.start("{}");
    trial.time.advanceWhenAwaited(Duration.ofSeconds(5));

    assertThat(trial.end()).isEqualTo(new Status.Failed("E", ""));
    assertThat(trial.path()).containsExactly("P", "B", "B");
  }
}
