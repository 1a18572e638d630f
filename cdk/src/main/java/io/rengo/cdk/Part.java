package io.rengo.cdk;

import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/// A stack of a federation. It names neither account nor region: the same template goes anywhere.
///
/// Stacks know each other's resources by the ARNs that their names make, and import only what
/// lasts: the bucket, the table and the key. A member or a step can then go without another stack
/// standing in the way.
abstract class Part extends Stack {
  final Settings settings;
  final Names names;

  Part(Construct scope, Settings settings, String part, String description) {
    super(
        scope,
        settings.names().stack(part),
        StackProps.builder()
            .stackName(settings.names().stack(part))
            .description("Rengo, federation " + settings.names().federation() + ": " + description)
            .tags(Map.of("rengo:federation", settings.names().federation()))
            .build());
    this.settings = settings;
    this.names = settings.names();
  }

  /// The ARN of something in this account and region, from its name.
  final String arn(String service, String resource, String name) {
    return arn(service, resource, name, ArnFormat.COLON_RESOURCE_NAME);
  }

  final String arn(String service, String resource, String name, ArnFormat format) {
    return formatArn(
        ArnComponents.builder()
            .service(service)
            .resource(resource)
            .resourceName(name)
            .arnFormat(format)
            .build());
  }

  /// What is called to run a step: an alias of the published version where there are versions.
  final String functionArn(Step step) {
    String function = names.function(step.id);
    return arn(
        "lambda", "function", settings.snapStart() ? function + ":" + Names.ALIAS : function);
  }

  /// The role of a step's function.
  final String roleArn(Step step) {
    return formatArn(
        ArnComponents.builder()
            .service("iam")
            .region("")
            .resource("role")
            .resourceName(names.functionRole(step.id, getRegion()))
            .build());
  }

  final String queueArn(String name) {
    return formatArn(ArnComponents.builder().service("sqs").resource(name).build());
  }

  final String jobStateMachineArn() {
    return arn("states", "stateMachine", names.jobStateMachine());
  }

  final String roundStateMachineArn() {
    return arn("states", "stateMachine", names.roundStateMachine());
  }

  final String bufferStateMachineArn() {
    return arn("states", "stateMachine", names.bufferStateMachine());
  }

  final String regionStateMachineArn() {
    return arn("states", "stateMachine", names.regionStateMachine());
  }

  final void output(String name, String description, String value) {
    CfnOutput.Builder.create(this, name).description(description).value(value).build();
  }
}
