package io.rengo.local.states;

import static io.rengo.local.states.Trial.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.rengo.local.MemoryObjectStore;
import io.rengo.local.Time;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Workflow;
import io.rengo.protocol.Workflow.Status;
import io.rengo.protocol.WorkflowContract;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InterpreterTest extends WorkflowContract {
  @Override
  protected Workflow workflow(String definition) {
    return new Interpreter(
        Map.of("job", Definition.parse(definition, Map.of())),
        "job",
        (function, payload) -> payload,
        new MemoryObjectStore(),
        Time.system(),
        event -> {});
  }

  @Test
  void the_listener_hears_the_execution_from_start_to_end() throws Exception {
    Trial trial = Trial.of("\"A\": {\"Type\": \"Pass\", \"Output\": 2, \"End\": true}");

    Status status = trial.run("1");

    assertThat(trial.events)
        .containsExactly(
            new Event.ExecutionStarted("job", "run", json("1")),
            new Event.StateEntered("job", "run", "A", json("1")),
            new Event.StateExited("job", "run", "A", json("2")),
            new Event.ExecutionEnded("job", "run", status));
  }

  @Test
  void an_execution_that_does_not_exist_cannot_be_awaited() {
    Trial trial = Trial.of("\"A\": {\"Type\": \"Succeed\"}");

    assertThatThrownBy(() -> trial.interpreter.await("other"))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_UNKNOWN));
  }

  @Test
  void an_input_of_more_than_256_KiB_is_refused() {
    Trial trial = Trial.of("\"A\": {\"Type\": \"Succeed\"}");

    assertThatThrownBy(() -> trial.interpreter.start("run", new TextNode("x".repeat(256 << 10))))
        .isInstanceOf(RengoException.class)
        .hasMessageContaining("input has 262146 bytes");
  }

  @Test
  void the_job_machine_must_exist() {
    assertThatThrownBy(() ->
            new Interpreter(
                Map.of(),
                "job",
                (function, payload) -> payload,
                new MemoryObjectStore(),
                Time.system(),
                event -> {}))
        .hasMessageContaining("no machine is named job");
  }
}
