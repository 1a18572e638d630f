package io.rengo.local.states;

import static io.rengo.local.states.Trial.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PassTest {
  @Test
  void the_input_is_the_output_without_an_output() throws Exception {
    Trial trial =
        Trial.of(
            """
            "P": {"Type": "Pass", "End": true}
            """);

    assertThat(trial.run("{'a': [1, null, 2.5]}")).isEqualTo(succeeded("{'a': [1, null, 2.5]}"));
  }

  @Test
  void expressions_stand_anywhere_in_the_output() throws Exception {
    Trial trial =
        Trial.of(
            """
            "P": {"Type": "Pass", "End": true, "Output": {
              "sum": "{% $states.input.a + 1 %}",
              "list": ["{% $states.input.b %}", "b", 3],
              "text": "{ % no expression %}{",
              "constant": {"x": null}}}
            """);

    assertThat(trial.run("{'a': 1, 'b': {'c': true}}"))
        .isEqualTo(
            succeeded(
                "{'sum': 2, 'list': [{'c': true}, 'b', 3], 'text': '{ % no expression %}{',"
                    + " 'constant': {'x': null}}"));
  }

  @Test
  void assignments_see_the_values_before_and_are_seen_after() throws Exception {
    Trial trial =
        Trial.of(
            """
            "A": {"Type": "Pass", "Assign": {"x": 1, "y": 2}, "Next": "Swap"},
            "Swap": {"Type": "Pass",
              "Assign": {"x": "{% $y %}", "y": "{% $x %}"},
              "Output": "{% $x %}", "Next": "Show"},
            "Show": {"Type": "Pass", "End": true,
              "Output": ["{% $states.input %}", "{% $x %}", "{% $y %}"]}
            """);

    assertThat(trial.run("{}")).isEqualTo(succeeded("[1, 2, 1]"));
    assertThat(trial.path()).containsExactly("A", "Swap", "Show");
  }

  @Test
  void a_variable_may_be_a_text_with_quotes() throws Exception {
    Trial trial =
        Trial.of(
            """
            "A": {"Type": "Pass", "Assign": {"x": "{% 'a\\"b' %}"}, "Next": "B"},
            "B": {"Type": "Pass", "Output": "{% $x & '!' %}", "End": true}
            """);

    assertThat(trial.run("{}")).isEqualTo(succeeded("\"a\\\"b!\""));
  }

  @Test
  void a_variable_hides_the_function_of_its_name() throws Exception {
    Trial trial =
        Trial.of(
            """
            "A": {"Type": "Pass", "Assign": {"round": 7}, "Next": "B"},
            "B": {"Type": "Pass", "Output": "{% $round + $abs(-1) %}", "End": true}
            """);

    assertThat(trial.run("{}")).isEqualTo(succeeded("8"));
  }

  @Test
  void the_context_tells_execution_state_and_machine() throws Exception {
    Trial trial =
        Trial.of(
            """
            "Look": {"Type": "Pass", "End": true, "Output": "{% $states.context %}"}
            """);

    assertThat(trial.run("{'a': 1}"))
        .isEqualTo(
            succeeded(
                """
                {"Execution": {
                   "Id": "arn:aws:states:local:000000000000:execution:job:run", "Name": "run",
                   "RoleArn": "arn:aws:iam::000000000000:role/local",
                   "StartTime": "2026-01-02T03:04:05.678Z", "RedriveCount": 0, "Input": {"a": 1}},
                 "StateMachine": {
                   "Id": "arn:aws:states:local:000000000000:stateMachine:job", "Name": "job"},
                 "State": {
                   "EnteredTime": "2026-01-02T03:04:05.678Z", "Name": "Look", "RetryCount": 0}}
                """));
  }
}
