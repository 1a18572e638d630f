package io.rengo.local.states;

import static io.rengo.local.states.Trial.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.Workflow.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EndTest {
  @Test
  void succeed_ends_with_its_output() throws Exception {
    Trial trial =
        Trial.of(
            """
            "S": {"Type": "Succeed", "Output": "{% $states.input.a %}"}
            """);

    assertThat(trial.run("{'a': 7}")).isEqualTo(succeeded("7"));
  }

  @Test
  void fail_ends_with_error_and_cause() throws Exception {
    Trial trial =
        Trial.of(
            """
            "F": {"Type": "Fail", "Error": "{% $states.input.e %}", "Cause": "bad luck"}
            """);

    assertThat(trial.run("{'e': 'E1'}")).isEqualTo(new Status.Failed("E1", "bad luck"));
  }

  @Test
  void an_output_of_more_than_256_KiB_fails() throws Exception {
    Trial trial =
        Trial.of(
            """
            "Grow": {"Type": "Pass", "Next": "Never",
              "Output": "{% $join([1..100].($states.input)) %}"},
            "Never": {"Type": "Succeed"}
            """);

    Status status = trial.run("\"" + "x".repeat(3_000) + "\"");

    assertThat(status)
        .isInstanceOfSatisfying(
            Status.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo("States.DataLimitExceeded");
              assertThat(failed.cause()).contains("output has 300002 bytes");
            });
    assertThat(trial.path()).containsExactly("Grow");
  }

  @Test
  void an_output_of_256_KiB_is_given_on() throws Exception {
    Trial trial =
        Trial.of(
            """
            "S": {"Type": "Succeed"}
            """);
    String text = "\"" + "x".repeat((256 << 10) - 2) + "\"";

    assertThat(trial.run(text)).isEqualTo(succeeded(text));
  }

  @Test
  void an_expression_without_a_value_fails() throws Exception {
    Trial trial =
        Trial.of(
            """
            "P": {"Type": "Pass", "Output": {"a": "{% $states.input.typo %}"}, "End": true}
            """);

    assertThat(trial.run("{}"))
        .isEqualTo(
            new Status.Failed(
                "States.QueryEvaluationError",
                "The expression «$states.input.typo» of state P, field Output.a returned nothing"
                    + " (undefined)"));
  }

  @Test
  void null_is_a_value() throws Exception {
    Trial trial =
        Trial.of(
            """
            "P": {"Type": "Pass", "Output": ["{% $states.input.a %}", "{% null %}"], "End": true}
            """);

    assertThat(trial.run("{'a': null}")).isEqualTo(succeeded("[null, null]"));
  }
}
