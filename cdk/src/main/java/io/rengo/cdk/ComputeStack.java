package io.rengo.cdk;

import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.LambdaRuntimeProps;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.RuntimeFamily;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/// A function for each step, all of one jar, each with a role of its own.
final class ComputeStack extends Part {
  private static final String HANDLER = "io.rengo.lambdas.Handler::handleRequest";
  private static final int EVENTS_AT_ONCE = 10;

  private final StorageStack storage;
  private final StepPolicy policy;
  private final Code code;
  private final String codeSum;
  private final String definitionsSum;

  ComputeStack(Construct scope, Settings settings, StorageStack storage) {
    super(scope, settings, "compute", "a function for each step of the workflow");
    this.storage = storage;
    this.policy = new StepPolicy(this, storage);
    this.code = Code.fromAsset(settings.code().toString());
    this.codeSum = Sums.of(settings.code());
    this.definitionsSum = Sums.ofDefinitions(settings.definitions());
    for (Step step : Step.values()) {
      Function function = function(step);
      IFunction target = settings.snapStart() ? alias(function) : function;
      if (step.may(Right.TAKE_EVENTS)) {
        feed(target);
      }
    }
    if (settings.presigned()) {
      new MemberService(this, storage).add();
    }
  }

  /// Messages that fail come back alone; the rest of their batch does not.
  private void feed(IFunction target) {
    EventSourceMapping.Builder.create(this, "Events")
        .target(target)
        .eventSourceArn(storage.events.queue.getQueueArn())
        .batchSize(10)
        .reportBatchItemFailures(true)
        .maxConcurrency(EVENTS_AT_ONCE)
        .build();
  }

  private Function function(Step step) {
    LogGroup logs = logs(step.id);
    return function(step.id, logs, role(step, logs))
        .memorySize(step.megabytes)
        .timeout(Duration.seconds(step.seconds))
        .environment(variables(step))
        .build();
  }

  /// A function of the jar, but for its size and environment.
  Function.Builder function(String id, LogGroup logs, Role role) {
    Function.Builder function =
        Function.Builder.create(this, id)
            .functionName(names.function(id))
            .description("Rengo: " + id)
            .runtime(runtime())
            .architecture(Architecture.X86_64)
            .handler(HANDLER)
            .code(code)
            .role(role)
            .tracing(Tracing.ACTIVE)
            .logGroup(logs);
    if (settings.snapStart()) {
      function.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
    }
    return function;
  }

  private Runtime runtime() {
    Runtime known = Runtime.JAVA_25;
    return settings.runtime().equals(known.getName())
        ? known
        : new Runtime(
            settings.runtime(),
            RuntimeFamily.JAVA,
            LambdaRuntimeProps.builder().supportsSnapStart(true).build());
  }

  Alias alias(Function function) {
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "This is where it is published");
    return Alias.Builder.create(this, function.getNode().getId() + "Live")
        .aliasName(Names.ALIAS)
        .version(function.getCurrentVersion())
        .build();
  }

  private Map<String, String> variables(Step step) {
    Map<String, String> environment = variables(step.id, step.jvmFlags());
    if (step.writes.contains(Section.LEDGER)) {
      environment.put("RENGO_CODE_SHA256", codeSum);
      environment.put("RENGO_DEFINITIONS_SHA256", definitionsSum);
      settings
          .ledgerLock()
          .ifPresent(days -> environment.put("RENGO_LEDGER_LOCK_DAYS", Integer.toString(days)));
    }
    return environment;
  }

  Map<String, String> variables(String id, String jvmFlags) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("RENGO_FEDERATION", names.federation());
    environment.put("RENGO_FUNCTION", id);
    environment.put("RENGO_SEALED", Boolean.toString(settings.sealed()));
    settings.authority().ifPresent(pem -> environment.put("RENGO_AUTHORITY", pem));
    if (settings.presigned()) {
      environment.put("RENGO_PRESIGNED", "true");
    }
    environment.put("RENGO_BUCKET", storage.bucket.getBucketName());
    environment.put("RENGO_TABLE", storage.table.getTableName());
    environment.put("RENGO_JOB_STATE_MACHINE", jobStateMachineArn());
    environment.put("POWERTOOLS_SERVICE_NAME", names.prefix());
    environment.put("POWERTOOLS_METRICS_NAMESPACE", "Rengo");
    environment.put("JAVA_TOOL_OPTIONS", jvmFlags);
    return environment;
  }

  /// Logs can be made again under their names, so they go with their stack.
  LogGroup logs(String id) {
    return LogGroup.Builder.create(this, id + "Logs")
        .logGroupName(names.functionLogs(id))
        .retention(RetentionDays.THREE_MONTHS)
        .encryptionKey(storage.key)
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  private Role role(Step step, LogGroup logs) {
    Role role = role(step.id, logs);
    policy.of(step).forEach(role::addToPolicy);
    suppress(role);
    return role;
  }

  /// A function's role that may write its logs and nothing else.
  Role role(String id, LogGroup logs) {
    Role role =
        Role.Builder.create(this, id + "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .roleName(names.functionRole(id, getRegion()))
            .description("What " + names.function(id) + " may do")
            .build();
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .sid("WriteLogs")
            .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
            .resources(List.of(logs.getLogGroupArn()))
            .build());
    return role;
  }

  /// What the rules against wildcards need not say of a role of ours.
  static void suppress(Role role) {
    NagSuppressions.addResourceSuppressions(
        role,
        List.of(
            Suppressions.tracing(),
            Suppressions.wildcards(
                "Keys hold the ids of jobs, rounds and members, which are made long after the role; the section in them is fixed",
                "/^Resource::.*\\/(jobs\\/\\*|federation\\/certificates)\\//")),
        true);
  }
}
