package io.rengo.local.states;

import static io.rengo.local.states.Trial.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.rengo.local.states.Recovery.Retrier;
import io.rengo.protocol.Workflow.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RetryTest {
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void it_tries_again_after_longer_and_longer_waits() throws Exception {
    Trial trial =
        trial(
            """
            {"ErrorEquals": ["Flaky"], "IntervalSeconds": 2, "BackoffRate": 3, "MaxAttempts": 3,
             "MaxDelaySeconds": 10}
            """);

    trial.start("{}");
    for (int seconds : new int[] {2, 6, 10}) {
      trial.time.advanceWhenAwaited(Duration.ofSeconds(seconds));
    }

    assertThat(trial.end()).isEqualTo(succeeded("4"));
    assertThat(delays(trial)).containsExactly(2L, 6L, 10L);
    assertThat(trial.path()).containsExactly("T");
  }

  @Test
  void it_gives_up_after_the_last_attempt() throws Exception {
    Trial trial = trial("{\"ErrorEquals\": [\"Flaky\"], \"MaxAttempts\": 1}");

    trial.start("{}");
    trial.time.advanceWhenAwaited(Duration.ofSeconds(1));

    assertThat(trial.end())
        .isInstanceOfSatisfying(
            Status.Failed.class, failed -> assertThat(failed.error()).isEqualTo("Flaky"));
    assertThat(attempts).hasValue(2);
  }

  @Test
  void another_error_is_not_tried_again() throws Exception {
    Trial trial = trial("{\"ErrorEquals\": [\"Other\", \"States.Timeout\"]}");

    assertThat(trial.run("{}")).isInstanceOf(Status.Failed.class);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void task_failed_stands_for_every_error_of_a_task() throws Exception {
    Trial trial = trial("{\"ErrorEquals\": [\"States.TaskFailed\"], \"MaxAttempts\": 3}");

    trial.start("{}");
    for (int seconds : new int[] {1, 2, 4}) {
      trial.time.advanceWhenAwaited(Duration.ofSeconds(seconds));
    }

    assertThat(trial.end()).isEqualTo(succeeded("4"));
  }

  @Test
  void each_retrier_counts_its_own_attempts() throws Exception {
    Trial trial =
        trial(
            """
            {"ErrorEquals": ["Other"], "MaxAttempts": 0},
            {"ErrorEquals": ["States.ALL"], "MaxAttempts": 3, "BackoffRate": 1}
            """);

    trial.start("{}");
    for (int i = 0; i < 3; i++) {
      trial.time.advanceWhenAwaited(Duration.ofSeconds(1));
    }

    assertThat(trial.end()).isEqualTo(succeeded("4"));
  }

  @Test
  void jitter_takes_a_part_of_the_wait() {
    Retrier full = new Retrier(List.of("E"), 2, 9, 2, 30, true);

    assertThat(full.delay(3, 0)).isZero();
    assertThat(full.delay(3, 0.5)).isEqualTo(Duration.ofSeconds(4));
    assertThat(full.delay(9, 1)).isEqualTo(Duration.ofSeconds(30));
  }

  private Trial trial(String retriers) {
    return Trial.of(
            """
            "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
              "Arguments": {"FunctionName": "f"}, "TimeoutSeconds": 900,
              "Retry": [%s], "Output": "{%% $states.result.Payload %%}", "End": true}
            """
                .formatted(retriers))
        .function("f", this::failsThreeTimes);
  }

  private JsonNode failsThreeTimes(String function, JsonNode payload) throws FunctionError {
    int attempt = attempts.incrementAndGet();
    if (attempt <= 3) {
      throw new FunctionError("Flaky", "attempt " + attempt);
    }
    return new IntNode(attempt);
  }

  private static List<Long> delays(Trial trial) {
    return trial.events.stream()
        .filter(Event.StateRetried.class::isInstance)
        .map(event -> ((Event.StateRetried) event).delay().toSeconds())
        .toList();
  }
}
