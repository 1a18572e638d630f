package io.rengo.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;

/// The function behind an HTTPS address that lets members in by their certificates. AWS asks nobody
/// there for credentials: the function itself refuses what no member of the federation signed. It
/// may do for any member what that member's own role may, and no more; of what lies there it reads
/// job files alone for itself. A limit on how often it runs at once keeps strangers from taking the
/// account's share.
final class MemberService {
  private static final String ID = "ServeMember";
  private static final int AT_ONCE = 10;

  private final ComputeStack stack;
  private final StorageStack storage;

  MemberService(ComputeStack stack, StorageStack storage) {
    this.stack = stack;
    this.storage = storage;
  }

  void add() {
    LogGroup logs = stack.logs(ID);
    Role role = stack.role(ID, logs);
    List.of(read(), put(), notInsideOthers(), takeTasks(), useKey()).forEach(role::addToPolicy);
    ComputeStack.suppress(role);
    Function function =
        stack
            .function(ID, logs, role)
            .memorySize(1024)
            .timeout(Duration.seconds(30))
            .reservedConcurrentExecutions(AT_ONCE)
            .environment(stack.variables(ID, "-XX:+TieredCompilation -XX:TieredStopAtLevel=1"))
            .build();
    IFunction target = stack.settings.snapStart() ? stack.alias(function) : function;
    FunctionUrl url =
        target.addFunctionUrl(
            FunctionUrlOptions.builder().authType(FunctionUrlAuthType.NONE).build());
    stack.output("MemberService", "`presigned` of agents without AWS credentials", url.getUrl());
  }

  private PolicyStatement read() {
    return objects(
        "ReadObjects",
        "s3:GetObject",
        Section.SPEC,
        Section.MODELS,
        Section.REVOKED,
        Section.CERTIFICATES);
  }

  /// Only under keys where nothing is.
  private PolicyStatement put() {
    PolicyStatement statement = objects("PutUpdates", "s3:PutObject", Section.UPDATES);
    statement.addCondition("Null", Map.of("s3:if-none-match", "false"));
    return statement;
  }

  private PolicyStatement notInsideOthers() {
    return PolicyStatement.Builder.create()
        .sid("NotInsideOthers")
        .effect(Effect.DENY)
        .actions(List.of("s3:PutObject"))
        .resources(List.of(storage.bucket.arnForObjects(Section.NESTED_UPDATES)))
        .build();
  }

  private PolicyStatement objects(String sid, String action, Section... sections) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(List.of(action))
        .resources(
            List.of(sections).stream()
                .map(section -> storage.bucket.arnForObjects(section.pattern))
                .toList())
        .build();
  }

  private PolicyStatement takeTasks() {
    return PolicyStatement.Builder.create()
        .sid("TakeTasks")
        .actions(
            List.of(
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueUrl",
                "sqs:ReceiveMessage"))
        .resources(
            stack.settings.members().stream()
                .map(stack.names::memberQueue)
                .map(stack::queueArn)
                .toList())
        .build();
  }

  private PolicyStatement useKey() {
    return KeyUse.through(stack, "s3", "sqs")
        .sid("UseKey")
        .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
        .resources(List.of(storage.key.getKeyArn()))
        .build();
  }
}
