package io.rengo.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;

/// The one key of a federation's data. Principals of the account use it as their own policies say;
/// the services below use it for this federation's resources only.
final class DataKey {
  /// Of a key's own policy: the key that it is attached to.
  private static final List<String> THIS_KEY = List.of("*");

  final Key key;

  DataKey(Part stack) {
    key =
        Key.Builder.create(stack, "DataKey")
            .description("Data of the Rengo federation " + stack.names.federation())
            .alias("alias/" + stack.names.prefix())
            .enableKeyRotation(true)
            .pendingWindow(Duration.days(stack.settings.ephemeral() ? 7 : 30))
            .removalPolicy(stack.settings.removal())
            .build();
    allowLogs(stack);
    allowNotifications();
  }

  private void allowLogs(Part stack) {
    Names names = stack.names;
    key.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("EncryptLogs")
            .principals(
                List.of(new ServicePrincipal("logs." + stack.getRegion() + ".amazonaws.com")))
            .actions(
                List.of(
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey",
                    "kms:GenerateDataKeyWithoutPlaintext",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo"))
            .resources(THIS_KEY)
            .conditions(
                Map.of(
                    "ArnLike",
                    Map.of(
                        "kms:EncryptionContext:aws:logs:arn",
                        List.of(
                            logs(stack, names.functionLogs("*")),
                            logs(stack, names.stateMachineLogs(names.prefix() + "-*")),
                            logs(stack, names.fleetLogs("*"))))))
            .build());
  }

  /// Lets S3 put events into the encrypted queue, and CloudWatch alarms into the encrypted topic.
  /// Whose events and alarms, the queue's and the topic's own policies say.
  private void allowNotifications() {
    key.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("EncryptNotifications")
            .principals(
                List.of(
                    new ServicePrincipal("s3.amazonaws.com"),
                    new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
            .resources(THIS_KEY)
            .build());
  }

  private static String logs(Part stack, String group) {
    return stack.arn("logs", "log-group", group);
  }
}
