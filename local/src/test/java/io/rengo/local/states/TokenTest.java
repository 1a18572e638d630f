package io.rengo.local.states;

import static io.rengo.local.states.Trial.json;
import static io.rengo.local.states.Trial.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.Workflow.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TokenTest {
  private static final String STATES =
      """
      "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Arguments": {"FunctionName": "open",
          "Payload": {"token": "{% $states.context.Task.Token %}"}},
        "TimeoutSeconds": 3600, "HeartbeatSeconds": 600, "End": true}
      """;

  private final Trial trial =
      Trial.of(STATES).function("open", (name, payload) -> json("'ignored'"));

  @Test
  void the_token_brings_the_result() throws Exception {
    trial.start("{}");

    assertThat(trial.interpreter.succeed(token(), json("{'n': 3}"))).isTrue();

    assertThat(trial.end()).isEqualTo(succeeded("{'n': 3}"));
  }

  @Test
  void the_token_may_come_back_before_the_function_returns() throws Exception {
    trial.function(
        "open",
        (name, payload) -> {
          trial.interpreter.succeed(payload.path("token").asText(), json("1"));
          throw new FunctionError("Late", "nobody hears it");
        });

    assertThat(trial.run("{}")).isEqualTo(succeeded("1"));
  }

  @Test
  void a_token_counts_once() throws Exception {
    trial.start("{}");
    String token = token();
    trial.interpreter.succeed(token, json("1"));

    assertThat(trial.interpreter.succeed(token, json("2"))).isFalse();
    assertThat(trial.end()).isEqualTo(succeeded("1"));
    assertThat(trial.interpreter.succeed(token, json("3"))).isFalse();
    assertThat(trial.interpreter.succeed("no token", json("3"))).isFalse();
  }

  @Test
  void a_token_may_bring_an_error() throws Exception {
    trial.start("{}");
    trial.interpreter.fail(token(), "E1", "why");

    assertThat(trial.end()).isEqualTo(new Status.Failed("E1", "why"));
  }

  @Test
  void a_function_that_fails_fails_the_task() throws Exception {
    trial.function(
        "open",
        (name, payload) -> {
          throw new FunctionError("E2", "why");
        });

    assertThat(trial.run("{}"))
        .isInstanceOfSatisfying(
            Status.Failed.class, failed -> assertThat(failed.error()).isEqualTo("E2"));
  }

  @Test
  void silence_for_longer_than_the_heartbeat_fails() throws Exception {
    trial.start("{}");
    token();
    trial.time.advanceWhenAwaited(Duration.ofSeconds(600));

    assertThat(trial.end())
        .isEqualTo(
            new Status.Failed(
                "States.HeartbeatTimeout",
                "State T heard nothing for longer than HeartbeatSeconds"));
  }

  @Test
  void heartbeats_keep_it_waiting_until_the_timeout() throws Exception {
    trial.start("{}");
    String token = token();
    Duration almost = Duration.ofSeconds(599);
    for (int i = 0; i < 6; i++) {
      trial.time.advance(almost);
      assertThat(trial.interpreter.heartbeat(token)).isTrue();
    }
    trial.time.advanceWhenAwaited(Duration.ofSeconds(6));

    assertThat(trial.end())
        .isEqualTo(new Status.Failed("States.Timeout", "State T took longer than TimeoutSeconds"));
    assertThat(trial.interpreter.heartbeat(token)).isFalse();
  }

  private String token() throws InterruptedException {
    return trial.calls.take().path("token").asText();
  }
}
