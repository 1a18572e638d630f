package io.rengo.cdk;

import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;
import software.constructs.Construct;

/// The state machines of jobs, rounds, buffers and regions. Their definitions are the files of
/// `statemachines/`, as every other place runs them.
final class WorkflowStack extends Part {
  private final StorageStack storage;

  WorkflowStack(Construct scope, Settings settings, StorageStack storage) {
    super(scope, settings, "workflow", "the state machines of jobs and rounds");
    this.storage = storage;
    StateMachine round = stateMachine("Round", names.roundStateMachine(), "round.asl.json");
    StateMachine buffer = stateMachine("Buffer", names.bufferStateMachine(), "buffer.asl.json");
    StateMachine job = stateMachine("Job", names.jobStateMachine(), "job.asl.json");
    StateMachine region = stateMachine("Region", names.regionStateMachine(), "region.asl.json");
    output("JobStateMachine", "Runs a job", job.getStateMachineArn());
    output("RoundStateMachine", "Runs a round of a job", round.getStateMachineArn());
    output("BufferStateMachine", "Runs an asynchronous job", buffer.getStateMachineArn());
    output(
        "RegionStateMachine",
        "Runs this federation's part of a round of another, where it is a region",
        region.getStateMachineArn());
    output(
        "NextCommand",
        "Runs a job in this federation",
        "rengo run job.yaml --on aws --federation " + names.federation());
  }

  private StateMachine stateMachine(String id, String name, String file) {
    Definition definition = Definition.read(settings.definitions().resolve(file));
    Role role = role(id, definition);
    return StateMachine.Builder.create(this, id)
        .stateMachineName(name)
        .stateMachineType(StateMachineType.STANDARD)
        .definitionBody(DefinitionBody.fromFile(definition.file().toString()))
        .definitionSubstitutions(substitutions(definition))
        .role(role)
        .tracingEnabled(true)
        .logs(
            LogOptions.builder()
                .destination(logs(id, name))
                .level(LogLevel.ALL)
                // Inputs and outputs say who trains on what; the records have what an operator
                // needs.
                .includeExecutionData(false)
                .build())
        .build();
  }

  /// Sorted, so that the template is the same at each synthesis.
  private Map<String, String> substitutions(Definition definition) {
    Map<String, String> values = new TreeMap<>();
    for (Step step : definition.steps()) {
      values.put(Definition.placeholder(step), functionArn(step));
    }
    values.put(Definition.ROUND_STATE_MACHINE, roundStateMachineArn());
    values.put(Definition.BUFFER_STATE_MACHINE, bufferStateMachineArn());
    values.put(Definition.MEMBERS, String.join(",", settings.members()));
    values.keySet().retainAll(definition.placeholders());
    return values;
  }

  private LogGroup logs(String id, String name) {
    return LogGroup.Builder.create(this, id + "Logs")
        .logGroupName(names.stateMachineLogs(name))
        .retention(RetentionDays.THREE_MONTHS)
        .encryptionKey(storage.key)
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  private Role role(String id, Definition definition) {
    Role role =
        Role.Builder.create(this, id + "Role")
            .assumedBy(new ServicePrincipal("states.amazonaws.com"))
            .description("What the state machine of " + names.prefix() + " may do: " + id)
            .build();
    role.addToPolicy(
        statement(
            "CallSteps",
            List.of("lambda:InvokeFunction"),
            definition.steps().stream().map(this::functionArn).toList()));
    if (!definition.starts().isEmpty()) {
      running(definition.starts().stream().map(this::started).toList()).forEach(role::addToPolicy);
    }
    NagSuppressions.addResourceSuppressions(
        role,
        List.of(
            Suppressions.wildcards(
                "Log deliveries and X-Ray know no resources: their actions are granted for all or not at all",
                "/^Resource::\\*$/"),
            Suppressions.wildcards(
                "The executions of one state machine, which are named when they start",
                "/^Resource::.*:execution:rengo-[a-z0-9-]+-(round|buffer):\\*$/")),
        true);
    return role;
  }

  /// What `startExecution.sync` needs: it learns of the end by a rule that Step Functions manages.
  private List<PolicyStatement> running(List<String> stateMachines) {
    return List.of(
        statement(
            "StartRounds",
            List.of("states:StartExecution"),
            stateMachines.stream().map(name -> arn("states", "stateMachine", name)).toList()),
        statement(
            "FollowRounds",
            List.of("states:DescribeExecution", "states:StopExecution"),
            stateMachines.stream().map(name -> arn("states", "execution", name + ":*")).toList()),
        statement(
            "HearOfRounds",
            List.of("events:DescribeRule", "events:PutRule", "events:PutTargets"),
            List.of(
                arn(
                    "events",
                    "rule",
                    "StepFunctionsGetEventsForStepFunctionsExecutionRule",
                    ArnFormat.SLASH_RESOURCE_NAME))));
  }

  private String started(String placeholder) {
    return placeholder.equals(Definition.BUFFER_STATE_MACHINE)
        ? names.bufferStateMachine()
        : names.roundStateMachine();
  }

  private static PolicyStatement statement(
      String sid, List<String> actions, List<String> resources) {
    return PolicyStatement.Builder.create().sid(sid).actions(actions).resources(resources).build();
  }
}
