package io.rengo.local.states;

import static io.rengo.local.states.Trial.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CatchTest {
  @Test
  void the_error_is_the_output_of_the_state() throws Exception {
    Trial trial = trial("{\"ErrorEquals\": [\"Bad\"], \"Next\": \"Caught\"}");

    assertThat(trial.run("{'n': 1}"))
        .isEqualTo(
            succeeded(
                """
                [{"Error": "Bad",
                  "Cause": "{\\"errorMessage\\":\\"why\\",\\"errorType\\":\\"Bad\\"}"}, "unset"]
                """));
    assertThat(trial.path()).containsExactly("Begin", "T", "Caught");
  }

  @Test
  void output_and_assign_see_input_and_error() throws Exception {
    Trial trial =
        trial(
            """
            {"ErrorEquals": ["States.ALL"], "Next": "Caught",
             "Output": "{% $states.input.n %}",
             "Assign": {"failure": "{% $states.errorOutput.Error %}"}}
            """);

    assertThat(trial.run("{'n': 1}")).isEqualTo(succeeded("[1, \"Bad\"]"));
  }

  @Test
  void the_first_catcher_that_matches_counts() throws Exception {
    Trial trial =
        trial(
            """
            {"ErrorEquals": ["Worse"], "Output": "worse", "Next": "Caught"},
            {"ErrorEquals": ["Bad"], "Output": "bad", "Next": "Caught"},
            {"ErrorEquals": ["States.ALL"], "Output": "all", "Next": "Caught"}
            """);

    assertThat(trial.run("{'n': 1}")).isEqualTo(succeeded("[\"bad\", \"unset\"]"));
  }

  @Test
  void an_expression_that_fails_is_caught_too() throws Exception {
    Trial trial =
        trial(
            "{\"ErrorEquals\": [\"States.QueryEvaluationError\"], \"Next\": \"Caught\","
                + " \"Output\": \"query\"}");

    assertThat(trial.run("{}")).isEqualTo(succeeded("[\"query\", \"unset\"]"));
  }

  @Test
  void the_listener_hears_the_failure_and_then_the_exit() throws Exception {
    Trial trial = trial("{\"ErrorEquals\": [\"Bad\"], \"Next\": \"Caught\", \"Output\": 1}");

    trial.run("{'n': 1}");

    assertThat(trial.events)
        .containsSubsequence(
            new Event.StateFailed(
                "job", "run", "T", "Bad", "{\"errorMessage\":\"why\",\"errorType\":\"Bad\"}"),
            new Event.StateExited("job", "run", "T", Trial.json("1")));
  }

  private static Trial trial(String catchers) {
    return Trial.of(
            """
            "Begin": {"Type": "Pass", "Assign": {"failure": "unset"}, "Next": "T"},
            "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
              "Arguments": {"FunctionName": "f", "Payload": "{%% $states.input.n %%}"},
              "TimeoutSeconds": 900, "Catch": [%s], "Next": "Caught"},
            "Caught": {"Type": "Pass", "Output": ["{%% $states.input %%}", "{%% $failure %%}"],
              "End": true}
            """
                .formatted(catchers))
        .function(
            "f",
            (name, payload) -> {
              throw new FunctionError("Bad", "why");
            });
  }
}
