package io.rengo.aws;

import static io.rengo.aws.AwsErrors.translated;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/// The job workflow as a standard state machine of AWS Step Functions.
public final class SfnWorkflow implements Workflow {
  private final Supplier<SfnClient> client;
  private final Supplier<String> stateMachine;

  /// @param stateMachine the ARN of the state machine of jobs
  public SfnWorkflow(SfnClient client, String stateMachine) {
    this(() -> client, () -> stateMachine);
  }

  SfnWorkflow(Supplier<SfnClient> client, Supplier<String> stateMachine) {
    this.client = client;
    this.stateMachine = stateMachine;
  }

  /// Throws [ErrorCode#CONFLICT] where an execution of that name has ended: Step Functions keeps a
  /// name for 90 days.
  @Override
  public void start(String name, JsonNode input) {
    translated(
        name,
        () -> {
          try {
            return client
                .get()
                .startExecution(
                    r -> r.stateMachineArn(stateMachine.get()).name(name).input(input.toString()));
          } catch (ExecutionAlreadyExistsException e) {
            if (describe(name).filter(Status.Running.class::isInstance).isPresent()) {
              return Optional.empty();
            }
            throw new RengoException(
                ErrorCode.CONFLICT,
                "an execution of this name has ended already",
                name,
                "Start it under another name",
                e);
          }
        });
  }

  @Override
  public boolean succeed(String token, JsonNode output) {
    return translated(
        "task token",
        () -> {
          try {
            client.get().sendTaskSuccess(r -> r.taskToken(token).output(output.toString()));
            return true;
          } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            return false;
          }
        });
  }

  @Override
  public Optional<Status> describe(String name) {
    String arn = arn(name);
    return translated(
        name,
        () -> {
          try {
            return Optional.of(status(execution(arn)));
          } catch (ExecutionDoesNotExistException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void stop(String name, String cause) {
    String arn = arn(name);
    translated(
        name,
        () -> {
          try {
            return new SfnStop(client.get(), cause).stop(arn);
          } catch (ExecutionDoesNotExistException e) {
            throw new RengoException(
                ErrorCode.JOB_UNKNOWN,
                "there is no execution of this name",
                name,
                "List the jobs to see their names",
                e);
          }
        });
  }

  @Override
  public List<Execution> list() {
    String arn = stateMachine.get();
    return translated(
        arn,
        () ->
            client.get().listExecutionsPaginator(r -> r.stateMachineArn(arn)).executions().stream()
                .map(item -> new Execution(item.name(), status(item)))
                .toList());
  }

  /// A listing does not tell how an execution ended.
  private Status status(ExecutionListItem item) {
    return item.status() == ExecutionStatus.RUNNING
        ? new Status.Running()
        : status(execution(item.executionArn()));
  }

  private DescribeExecutionResponse execution(String arn) {
    return client.get().describeExecution(r -> r.executionArn(arn));
  }

  private String arn(String name) {
    return stateMachine.get().replace(":stateMachine:", ":execution:") + ":" + name;
  }

  private Status status(DescribeExecutionResponse execution) {
    String cause = Optional.ofNullable(execution.cause()).orElse("");
    return switch (execution.status()) {
      case SUCCEEDED -> new Status.Succeeded(SfnJson.parse(execution.output()));
      case FAILED -> new Status.Failed(Optional.ofNullable(execution.error()).orElse(""), cause);
      case TIMED_OUT -> new Status.Failed("States.Timeout", cause);
      case ABORTED -> new Status.Stopped(cause.isEmpty() ? causeOfStop(execution) : cause);
      case RUNNING, PENDING_REDRIVE, UNKNOWN_TO_SDK_VERSION -> new Status.Running();
    };
  }

  /// LocalStack tells the cause of a stop in the history alone.
  private String causeOfStop(DescribeExecutionResponse execution) {
    return client
        .get()
        .getExecutionHistory(
            r -> r.executionArn(execution.executionArn()).reverseOrder(true).maxResults(1))
        .events()
        .stream()
        .flatMap(event -> Stream.ofNullable(event.executionAbortedEventDetails()))
        .flatMap(details -> Stream.ofNullable(details.cause()))
        .findFirst()
        .orElse("");
  }
}
