package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.Workflow.Execution;
import io.rengo.protocol.Workflow.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Workflow] does, with a machine that ends as its input says.
public abstract class WorkflowContract {
  private static final String DEFINITION =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Choose", "TimeoutSeconds": 600, "States": {
        "Choose": {"Type": "Choice", "Choices": [
          {"Condition": "{% $states.input.end = 'well' %}", "Next": "EndWell"},
          {"Condition": "{% $states.input.end = 'badly' %}", "Next": "EndBadly"}],
          "Default": "Linger"},
        "EndWell": {"Type": "Succeed", "Output": {"seen": "{% $states.input.end %}"}},
        "EndBadly": {"Type": "Fail", "Error": "Broken", "Cause": "as asked"},
        "Linger": {"Type": "Wait", "Seconds": 300, "Next": "EndWell"}}}
      """;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name = "contract-" + UUID.randomUUID();
  private Workflow workflow;

  /// A workflow whose job machine has this definition, in the Amazon States Language.
  protected abstract Workflow workflow(String definition);

  @BeforeEach
  void open() {
    workflow = workflow(DEFINITION);
  }

  @Test
  void an_execution_that_ends_well_has_an_output() {
    workflow.start(name, input("well"));

    assertThat(end(name))
        .isEqualTo(new Status.Succeeded(JsonNodeFactory.instance.objectNode().put("seen", "well")));
  }

  @Test
  void an_execution_that_ends_badly_has_an_error() {
    workflow.start(name, input("badly"));

    assertThat(end(name)).isEqualTo(new Status.Failed("Broken", "as asked"));
  }

  @Test
  void an_execution_runs_until_it_is_stopped() {
    workflow.start(name, input("never"));
    assertThat(workflow.describe(name)).contains(new Status.Running());

    workflow.stop(name, "enough");

    assertThat(end(name)).isEqualTo(new Status.Stopped("enough"));
  }

  @Test
  void starting_what_runs_does_nothing() {
    workflow.start(name, input("never"));

    workflow.start(name, input("never"));
    workflow.start(name, input("well"));

    assertThat(workflow.describe(name)).contains(new Status.Running());
    workflow.stop(name, "enough");
  }

  @Test
  void a_name_is_given_once() {
    workflow.start(name, input("well"));
    Status first = end(name);

    assertThatThrownBy(() -> workflow.start(name, input("badly")))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));

    assertThat(workflow.describe(name)).contains(first);
  }

  @Test
  void an_execution_that_does_not_exist_is_empty() {
    assertThat(workflow.describe(name)).isEmpty();
  }

  @Test
  void the_newest_execution_is_listed_first() {
    workflow.start(name + "-1", input("well"));
    end(name + "-1");
    workflow.start(name + "-2", input("badly"));
    end(name + "-2");

    assertThat(workflow.list())
        .extracting(Execution::name)
        .containsSubsequence(name + "-2", name + "-1");
  }

  @Test
  void a_token_that_nobody_waits_for_is_not_taken() {
    assertThat(workflow.succeed("no-such-token", input("well"))).isFalse();
  }

  /// How the execution ended. The port tells no end of its own accord: this asks now and then.
  private Status end(String execution) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      Status status = workflow.describe(execution).orElseThrow();
      if (!(status instanceof Status.Running)) {
        return status;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError(execution + " runs for longer than " + PATIENCE);
  }

  private static JsonNode input(String end) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    return input.put("end", end);
  }
}
