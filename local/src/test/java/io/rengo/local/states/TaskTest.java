package io.rengo.local.states;

import static io.rengo.local.states.Trial.json;
import static io.rengo.local.states.Trial.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.rengo.protocol.Workflow.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TaskTest {
  @Test
  void the_payload_goes_out_and_the_result_comes_back() throws Exception {
    Trial trial = Trial.of(call("", "60")).function("f", (name, payload) -> json("{'m': 2}"));

    assertThat(trial.run("{'n': 1}"))
        .isEqualTo(
            succeeded("{'ExecutedVersion': '$LATEST', 'Payload': {'m': 2}, 'StatusCode': 200}"));
    assertThat(trial.calls).containsExactly(json("{'n': 1}"));
  }

  @Test
  void output_and_assign_see_the_result() throws Exception {
    Trial trial =
        Trial.of(
                """
                "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                  "Arguments": {"FunctionName": "f"},
                  "Output": "{% $states.result.Payload.m %}",
                  "Assign": {"doubled": "{% $states.result.Payload.m * 2 %}"}, "Next": "Show"},
                "Show": {"Type": "Pass", "Output": ["{% $states.input %}", "{% $doubled %}"],
                  "End": true}
                """)
            .function("f", (name, payload) -> json("{'m': 2}"));

    assertThat(trial.run("{}")).isEqualTo(succeeded("[2, 4]"));
    assertThat(trial.calls).containsExactly(json("{}"));
  }

  @Test
  void an_exception_is_told_by_its_class() throws Exception {
    Trial trial =
        Trial.of(call("", "60"))
            .function(
                "f",
                (name, payload) -> {
                  throw new IllegalStateException("no \"n\"");
                });

    assertThat(trial.run("{'n': 1}"))
        .isEqualTo(
            new Status.Failed(
                "java.lang.IllegalStateException",
                "{\"errorMessage\":\"no \\\"n\\\"\",\"errorType\":\"java.lang.IllegalStateException\"}"));
  }

  @Test
  void a_function_error_keeps_its_type() throws Exception {
    Trial trial =
        Trial.of(call("", "60"))
            .function(
                "f",
                (name, payload) -> {
                  throw new FunctionError("Runtime.ExitError", "exit 137");
                });

    assertThat(trial.run("{'n': 1}"))
        .isInstanceOfSatisfying(
            Status.Failed.class,
            failed -> assertThat(failed.error()).isEqualTo("Runtime.ExitError"));
  }

  @Test
  void a_task_that_takes_too_long_fails_and_its_function_is_interrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Trial trial =
        Trial.of(call("", "60")).function("f", (name, payload) -> untilInterrupted(interrupted));

    trial.start("{'n': 1}");
    trial.time.advanceWhenAwaited(Duration.ofSeconds(60));

    assertThat(trial.end())
        .isEqualTo(new Status.Failed("States.Timeout", "State T took longer than TimeoutSeconds"));
    interrupted.await();
  }

  @Test
  void the_timeout_may_be_an_expression() throws Exception {
    Trial trial =
        Trial.of(call("", "\"{% $states.input.n %}\""))
            .function("f", (name, payload) -> untilInterrupted(new CountDownLatch(1)));

    trial.start("{'n': 7}");
    trial.time.advanceWhenAwaited(Duration.ofSeconds(7));

    assertThat(trial.end())
        .isInstanceOfSatisfying(
            Status.Failed.class, failed -> assertThat(failed.error()).isEqualTo("States.Timeout"));
  }

  @Test
  void a_result_of_more_than_256_KiB_fails_and_is_not_caught_by_all() throws Exception {
    Trial trial =
        Trial.of(
                call("\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"C\"}],", "60")
                    + ", \"C\": {\"Type\": \"Succeed\"}")
            .function("f", (name, payload) -> new TextNode("x".repeat(300_000)));

    assertThat(trial.run("{'n': 1}"))
        .isInstanceOfSatisfying(
            Status.Failed.class,
            failed -> assertThat(failed.error()).isEqualTo("States.DataLimitExceeded"));
  }

  @Test
  void stopping_interrupts_the_function() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicReference<Thread> thread = new AtomicReference<>();
    Trial trial =
        Trial.of(call("", "60"))
            .function(
                "f",
                (name, payload) -> {
                  thread.set(Thread.currentThread());
                  called.countDown();
                  return untilInterrupted(interrupted);
                });

    trial.start("{'n': 1}");
    called.await();
    trial.interpreter.stop("run", "enough");

    assertThat(trial.end()).isEqualTo(new Status.Stopped("enough"));
    interrupted.await();
    assertThat(thread.get().isVirtual()).isTrue();
  }

  private static String call(String more, String timeout) {
    return """
    "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {"FunctionName": "f", "Payload": {"n": "{%% $states.input.n %%}"}},
      %s "TimeoutSeconds": %s, "End": true}
    """
        .formatted(more, timeout);
  }

  private static TextNode untilInterrupted(CountDownLatch interrupted) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
    return new TextNode("late");
  }
}
