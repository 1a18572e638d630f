package io.rengo.local.states;

import static io.rengo.local.states.Trial.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.Workflow.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ChoiceTest {
  private static final String STATES =
      """
      "C": {"Type": "Choice",
        "Choices": [
          {"Condition": "{% $states.input.n > 10 %}", "Next": "Big", "Assign": {"size": "big"}},
          {"Condition": "{% $states.input.n > 5 %}", "Next": "Big", "Output": "middle",
            "Assign": {"size": "middle"}}],
        "Default": "Small", "Output": "other", "Assign": {"size": "small"}},
      "Big": {"Type": "Pass", "Output": ["{% $states.input %}", "{% $size %}"], "End": true},
      "Small": {"Type": "Pass", "Output": ["{% $states.input %}", "{% $size %}"], "End": true}
      """;

  @Test
  void the_first_rule_that_holds_leads_on() throws Exception {
    assertThat(Trial.of(STATES).run("{'n': 11}")).isEqualTo(succeeded("[{'n': 11}, 'big']"));
    assertThat(Trial.of(STATES).run("{'n': 6}")).isEqualTo(succeeded("['middle', 'middle']"));
  }

  @Test
  void the_default_leads_on_where_none_holds() throws Exception {
    assertThat(Trial.of(STATES).run("{'n': 1}")).isEqualTo(succeeded("['other', 'small']"));
  }

  @Test
  void without_a_default_the_execution_fails() throws Exception {
    Trial trial =
        Trial.of(
            """
            "C": {"Type": "Choice", "Choices": [{"Condition": "{% false %}", "Next": "D"}]},
            "D": {"Type": "Succeed"}
            """);

    assertThat(trial.run("{}"))
        .isEqualTo(new Status.Failed("States.NoChoiceMatched", "No condition of state C holds"));
  }

  @Test
  void a_condition_is_true_or_false() throws Exception {
    Trial trial =
        Trial.of(
            """
            "C": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.n %}", "Next": "D"}]},
            "D": {"Type": "Succeed"}
            """);

    assertThat(trial.run("{'n': 1}"))
        .isEqualTo(
            new Status.Failed(
                "States.QueryEvaluationError",
                "The expression «$states.input.n» of state C, field Choices[0], field Condition"
                    + " returned 1, not true or false"));
  }
}
