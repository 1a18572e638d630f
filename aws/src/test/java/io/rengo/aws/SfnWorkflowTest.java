package io.rengo.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.TaskQueue;
import io.rengo.protocol.Workflow;
import io.rengo.protocol.Workflow.Status;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What [SfnWorkflow] does with state machines of its own: `ending` ends at once as its input says,
/// `waiting` starts another that waits for a token that it sends to a queue, and `sleeping` starts
/// another that sleeps.
class SfnWorkflowTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/rengo-test";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String QUEUE = "rengo-test-" + UUID.randomUUID();

  private static AwsClients clients;
  private static TaskQueue queues;
  private static Workflow ending;
  private static Workflow waiting;
  private static Workflow sleeping;
  private static Workflow sleep;

  private final String name = "job-" + UUID.randomUUID();

  @BeforeAll
  static void createStateMachines() {
    clients = LocalStack.clients();
    queues = new SqsTaskQueue(clients.sqs());
    String url = clients.sqs().createQueue(r -> r.queueName(QUEUE)).queueUrl();
    ending =
        workflow(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Choose", "States": {
              "Choose": {"Type": "Choice", "Default": "Succeed", "Choices": [
                {"Condition": "{% $states.input.fail %}", "Next": "Fail"}]},
              "Succeed": {"Type": "Succeed", "Output": {"doubled": "{% 2 * $states.input.n %}"}},
              "Fail": {"Type": "Fail", "Error": "QUORUM_MISSED", "Cause": "2 of 3 updates"}}}
            """);
    String innerArn =
        stateMachine(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Wait", "States": {
              "Wait": {"Type": "Task", "End": true, "TimeoutSeconds": 20,
                "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "Arguments": {"QueueUrl": "%s", "MessageBody": "{%% $states.context.Task.Token %%}"},
                "Output": "{%% $states.result %%}"}}}
            """
                .formatted(url));
    waiting = workflow(running(innerArn));
    String sleepArn =
        stateMachine(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Sleep", "States": {
              "Sleep": {"Type": "Wait", "Seconds": 60, "End": true}}}
            """);
    sleep = new SfnWorkflow(clients.sfn(), sleepArn);
    sleeping = workflow(running(sleepArn));
  }

  /// A definition that runs another state machine to its end.
  private static String running(String stateMachine) {
    return """
    {"QueryLanguage": "JSONata", "StartAt": "Run", "States": {
      "Run": {"Type": "Task", "End": true,
        "Resource": "arn:aws:states:::states:startExecution.sync:2",
        "Arguments": {"StateMachineArn": "%s", "Input": {},
          "Name": "{%% $states.context.Execution.Name & '-1' %%}"},
        "Output": "{%% $states.result.Output %%}"}}}
    """
        .formatted(stateMachine);
  }

  @Test
  void a_token_is_answered_once() {
    waiting.start(name, object());
    String token = receiveToken();

    assertThat(waiting.describe(name)).contains(new Status.Running());
    assertThat(waiting.succeed(token, object().put("updates", 3))).isTrue();
    assertThat(end(waiting, name)).isEqualTo(new Status.Succeeded(object().put("updates", 3)));

    assertThat(waiting.succeed(token, object().put("updates", 4))).isFalse();
    assertThat(waiting.succeed("no token", object())).isFalse();
  }

  @Test
  void an_execution_that_runs_is_not_started_again() {
    waiting.start(name, object());

    waiting.start(name, object());
    waiting.start(name, object().put("other", "input"));

    assertThat(waiting.succeed(receiveToken(), object())).isTrue();
    end(waiting, name);
    assertThat(queues.receive(QUEUE, 1, Duration.ZERO, LONG)).isEmpty();
  }

  @Test
  void stopping_stops_what_was_started() {
    sleeping.start(name, object());
    awaitStart(sleep, name + "-1");

    sleeping.stop(name, "not wanted any more");

    assertThat(end(sleeping, name)).isEqualTo(new Status.Stopped("not wanted any more"));
    assertThat(end(sleep, name + "-1")).isEqualTo(new Status.Stopped("not wanted any more"));
  }

  @Test
  void the_cause_of_a_stop_is_told() {
    String answer =
        """
        {"executionArn": "arn", "stateMachineArn": "arn", "startDate": 1, "status": "ABORTED",
         "cause": "not wanted any more"}
        """;
    try (FakeAws aws = new FakeAws(FakeAws.Answer.json(200, answer))) {
      assertThat(new SfnWorkflow(aws.clients().sfn(), "arn").describe(name))
          .contains(new Status.Stopped("not wanted any more"));
    }
  }

  @Test
  void an_unknown_execution_cannot_be_stopped() {
    assertThatThrownBy(() -> ending.stop(name, "why"))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_UNKNOWN));
  }

  @Test
  void a_listing_tells_how_each_has_ended() {
    ending.start(name + "-old", object().put("fail", true));
    Status old = end(ending, name + "-old");
    ending.start(name + "-new", object().put("fail", false).put("n", 1));
    Status recent = end(ending, name + "-new");

    assertThat(ending.list())
        .filteredOn(execution -> execution.name().startsWith(name))
        .isEqualTo(
            List.of(
                new Workflow.Execution(name + "-new", recent),
                new Workflow.Execution(name + "-old", old)));
  }

  /// Step Functions tells nobody that an execution has ended: asking is the only way to know.
  private static Status end(Workflow workflow, String name) {
    while (true) {
      Status status = workflow.describe(name).orElseThrow();
      if (!(status instanceof Status.Running)) {
        return status;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static void awaitStart(Workflow workflow, String name) {
    while (workflow.describe(name).isEmpty()) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static String receiveToken() {
    TaskQueue.Delivery delivery = queues.receive(QUEUE, 1, LONG, LONG).getFirst();
    queues.delete(QUEUE, delivery.receipt());
    return delivery.body();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static Workflow workflow(String definition) {
    return new SfnWorkflow(LocalStack.clients().sfn(), stateMachine(definition));
  }

  private static String stateMachine(String definition) {
    return LocalStack.clients()
        .sfn()
        .createStateMachine(
            r -> r.name("rengo-test-" + UUID.randomUUID()).definition(definition).roleArn(ROLE))
        .stateMachineArn();
  }
}
