package io.rengo.local.states;

import static io.rengo.local.states.Trial.succeeded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.Workflow.Status;
import java.nio.ByteBuffer;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class MapTest {
  @Test
  void the_results_come_in_the_order_of_the_items() throws Exception {
    Trial trial =
        Trial.of(
            """
            "M": {"Type": "Map", "Items": "{% [1..100] %}", "End": true,
              "ItemProcessor": {"StartAt": "P", "States": {
                "P": {"Type": "Pass", "Output": "{% $states.input * 2 %}", "End": true}}},
              "Output": "{% $sum($states.result) %}"}
            """);

    assertThat(trial.run("{}")).isEqualTo(succeeded("10100"));
  }

  @Test
  void the_input_is_the_items_where_none_are_named() throws Exception {
    Trial trial =
        Trial.of(
            """
            "M": {"Type": "Map", "End": true,
              "ItemProcessor": {"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}}
            """);

    assertThat(trial.run("[3, 1, 2]")).isEqualTo(succeeded("[3, 1, 2]"));
    assertThat(
            Trial.of(
                    """
                    "M": {"Type": "Map", "End": true,
                      "ItemProcessor": {"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}}
                    """)
                .run("[]"))
        .isEqualTo(succeeded("[]"));
  }

  @Test
  void the_selector_makes_each_input_of_item_and_index() throws Exception {
    Trial trial =
        Trial.of(
            """
            "M": {"Type": "Map", "Items": ["a", "b"], "End": true,
              "ItemSelector": {"i": "{% $states.context.Map.Item.Index %}",
                "v": "{% $states.context.Map.Item.Value %}", "all": "{% $states.input.all %}"},
              "ItemProcessor": {"StartAt": "P", "States": {
                "P": {"Type": "Pass", "End": true,
                  "Output": "{% [$states.input.i, $states.input.v, $states.context.Map.Item.Index,
                    $states.input.all] %}"}}}}
            """
                .replace("\n        ", " "));

    assertThat(trial.run("{'all': 9}")).isEqualTo(succeeded("[[0, 'a', 0, 9], [1, 'b', 1, 9]]"));
  }

  @Test
  void items_read_outer_variables_and_keep_their_own() throws Exception {
    Trial trial =
        Trial.of(
            """
            "A": {"Type": "Pass", "Assign": {"outer": 10}, "Next": "M"},
            "M": {"Type": "Map", "Items": [1, 2, 3], "End": true,
              "ItemProcessor": {"StartAt": "P", "States": {
                "P": {"Type": "Pass", "Assign": {"own": "{% $states.input + $outer %}"}, "Next": "Q"},
                "Q": {"Type": "Pass", "Output": "{% $own %}", "End": true}}}}
            """);

    assertThat(trial.run("{}")).isEqualTo(succeeded("[11, 12, 13]"));
  }

  @Test
  void as_many_items_run_at_once_as_allowed() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CyclicBarrier three = new CyclicBarrier(3);
    Trial trial =
        Trial.of(calls("\"MaxConcurrency\": 3,"))
            .function(
                "f",
                (name, payload) -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  await(three);
                  running.decrementAndGet();
                  return payload;
                });

    assertThat(trial.run("{}")).isInstanceOf(Status.Succeeded.class);
    assertThat(most).hasValue(3);
  }

  @Test
  void the_first_error_ends_the_others_and_can_be_caught() throws Exception {
    Trial trial =
        Trial.of(
                calls(
                        """
                        "Catch": [{"ErrorEquals": ["Bad"], "Output": "{% $states.errorOutput.Error %}",
                          "Next": "Caught"}],
                        """)
                    + ", \"Caught\": {\"Type\": \"Succeed\"}")
            .function(
                "f",
                (name, payload) -> {
                  if (payload.asInt() == 4) {
                    throw new FunctionError("Bad", "four");
                  }
                  return untilInterrupted(payload);
                });

    assertThat(trial.run("{}")).isEqualTo(succeeded("'Bad'"));
  }

  @Test
  void items_that_are_no_array_fail() throws Exception {
    Trial trial = Trial.of(calls("").replace("[1..6]", "$states.input"));

    assertThat(trial.run("{}"))
        .isInstanceOfSatisfying(
            Status.Failed.class,
            failed -> assertThat(failed.error()).isEqualTo("States.QueryEvaluationError"));
  }

  @Test
  void a_distributed_map_reads_its_items_from_an_object() throws Exception {
    Trial trial = Trial.of(distributed("\"S\": {\"Type\": \"Succeed\"}"));
    trial.objects.putOnce("tiles.json", ByteBuffer.wrap("[1, {\"a\": 2}, 3]".getBytes(UTF_8)));

    assertThat(trial.run("{'key': 'tiles.json'}")).isEqualTo(succeeded("[1, {'a': 2}]"));
  }

  @Test
  void an_object_that_cannot_be_read_is_named() throws Exception {
    Trial trial = Trial.of(distributed("\"S\": {\"Type\": \"Succeed\"}"));
    trial.objects.putOnce("bad.json", ByteBuffer.wrap("{}".getBytes(UTF_8)));

    assertThat(trial.run("{'key': 'bad.json'}"))
        .isEqualTo(
            new Status.Failed("States.ItemReaderFailed", "The object bad.json is not an array"));
  }

  @Test
  void a_distributed_map_fails_when_an_item_fails() throws Exception {
    Trial trial = Trial.of(distributed("\"F\": {\"Type\": \"Fail\", \"Error\": \"E\"}"));
    trial.objects.putOnce("one.json", ByteBuffer.wrap("[1]".getBytes(UTF_8)));

    assertThat(trial.run("{'key': 'one.json'}"))
        .isEqualTo(
            new Status.Failed(
                "States.ExceedToleratedFailureThreshold",
                "The tolerated failure threshold was exceeded: item 0 failed with E: "));
  }

  private static String calls(String more) {
    return """
    "M": {"Type": "Map", "Items": "{%% [1..6] %%}", %s "End": true,
      "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "T", "States": {
        "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
          "Arguments": {"FunctionName": "f", "Payload": "{%% $states.input %%}"},
          "End": true}}}}
    """
        .formatted(more);
  }

  private static String distributed(String state) {
    return """
    "M": {"Type": "Map", "End": true,
      "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {"InputType": "JSON", "MaxItems": 2},
        "Arguments": {"Bucket": "b", "Key": "{%% $states.input.key %%}"}},
      "ItemProcessor": {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "%s", "States": {%s}}}
    """
        .formatted(state.substring(1, 2), state);
  }

  private static JsonNode untilInterrupted(JsonNode payload) {
    await(new CyclicBarrier(2));
    return payload;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
