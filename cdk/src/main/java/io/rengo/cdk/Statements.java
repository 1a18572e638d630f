package io.rengo.cdk;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/// The policy statements that the roles of members, regions and functions have in common.
final class Statements {
  private final Part stack;
  private final StorageStack storage;

  Statements(Part stack, StorageStack storage) {
    this.stack = stack;
    this.storage = storage;
  }

  /// An action on the objects under these patterns of keys.
  PolicyStatement objects(String sid, String action, Collection<String> keys) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(List.of(action))
        .resources(keys.stream().distinct().map(storage.bucket::arnForObjects).toList())
        .build();
  }

  /// Puts only under keys where nothing is.
  PolicyStatement newObjects(String sid, String keys) {
    PolicyStatement statement = objects(sid, "s3:PutObject", List.of(keys));
    statement.addCondition("Null", Map.of("s3:if-none-match", "false"));
    return statement;
  }

  /// Parts alone, which are nothing until they are put together: to put an object, and to make one
  /// of the parts, creates it.
  PolicyStatement partsOfObjects(String sid, Collection<String> keys) {
    PolicyStatement statement = objects(sid, "s3:PutObject", keys);
    statement.addCondition("Bool", Map.of("s3:ObjectCreationOperation", "false"));
    return statement;
  }

  /// No folder with another's name inside of one's own.
  PolicyStatement notInsideOthers() {
    PolicyStatement statement =
        objects("NotInsideOthers", "s3:PutObject", List.of(Section.NESTED_UPDATES));
    statement.setEffect(Effect.DENY);
    return statement;
  }

  /// Takes the tasks of these members.
  PolicyStatement takeTasks(Stream<String> members) {
    return PolicyStatement.Builder.create()
        .sid("TakeTasks")
        .actions(
            List.of(
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueUrl",
                "sqs:ReceiveMessage"))
        .resources(members.map(stack.names::memberQueue).map(stack::queueArn).toList())
        .build();
  }

  /// Makes keys for updates in this member's name; not even those can it unwrap again.
  PolicyStatement makeKeys(String sid, String member) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(List.of("kms:GenerateDataKey"))
        .resources(List.of(storage.updatesKey.getKeyArn()))
        .conditions(
            Map.of(
                "StringEquals",
                new TreeMap<>(
                    Map.of(
                        "kms:EncryptionContext:federation",
                        stack.names.federation(),
                        "kms:EncryptionContext:member",
                        member))))
        .build();
  }

  /// The data key, as these services read and write under it.
  PolicyStatement useKey(String... services) {
    return KeyUse.through(stack, services)
        .sid("UseKey")
        .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
        .resources(List.of(storage.key.getKeyArn()))
        .build();
  }
}
