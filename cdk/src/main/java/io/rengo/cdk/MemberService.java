package io.rengo.cdk;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
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
    rights().forEach(role::addToPolicy);
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

  private List<PolicyStatement> rights() {
    Statements statements = new Statements(stack, storage);
    List<String> read =
        Stream.of(Section.SPEC, Section.MODELS, Section.REVOKED, Section.CERTIFICATES)
            .map(section -> section.pattern)
            .toList();
    return List.of(
        statements.objects("ReadObjects", "s3:GetObject", read),
        statements.newObjects("PutUpdates", Section.UPDATES.pattern),
        statements.notInsideOthers(),
        statements.takeTasks(stack.settings.members().stream()),
        statements.useKey("s3", "sqs"));
  }
}
