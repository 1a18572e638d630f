package io.rengo.cdk;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;

/// The key that wraps the data keys of sealed updates. Members make data keys with it, each for
/// itself alone; nobody but the functions that read updates may unwrap them, whatever their own
/// policies say.
final class UpdatesKey {
  private static final List<String> THIS_KEY = List.of("*");

  final Key key;

  UpdatesKey(Part stack) {
    key =
        Key.Builder.create(stack, "UpdatesKey")
            .description("Members' updates in the Rengo federation " + stack.names.federation())
            .alias(stack.names.updatesKey())
            .enableKeyRotation(true)
            .pendingWindow(Duration.days(stack.settings.ephemeral() ? 7 : 30))
            .removalPolicy(stack.settings.removal())
            .build();
    List<String> readers =
        Stream.of(Step.values()).filter(Step::opensUpdates).map(stack::roleArn).toList();
    key.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("OpenedByAggregationAlone")
            .effect(Effect.DENY)
            .principals(List.of(new AnyPrincipal()))
            .actions(List.of("kms:Decrypt", "kms:ReEncryptFrom", "kms:CreateGrant"))
            .resources(THIS_KEY)
            .conditions(Map.of("ArnNotEquals", Map.of("aws:PrincipalArn", readers)))
            .build());
  }
}
