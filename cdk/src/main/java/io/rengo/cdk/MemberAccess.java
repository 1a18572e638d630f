package io.rengo.cdk;

import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;

/// What a member's agent may do: take tasks from its own queue, read models, and put updates under
/// its own name. It can neither list nor read what anybody has put.
final class MemberAccess {
  private final Part stack;
  private final String member;
  private final StorageStack storage;

  /// @param member its name, or what stands in policies for the name of whoever asks
  MemberAccess(Part stack, String member, StorageStack storage) {
    this.stack = stack;
    this.member = member;
    this.storage = storage;
  }

  void grantTo(Role role) {
    List.of(
            takeTasks(),
            readModels(),
            readRevoked(),
            readCertificate(),
            putUpdates(),
            uploadParts(),
            notInsideOthers(),
            useKey(),
            sealUpdates())
        .forEach(role::addToPolicy);
    NagSuppressions.addResourceSuppressions(
        role,
        List.of(
            Suppressions.wildcards(
                "Keys hold the ids of jobs and rounds, which are made long after the role; the section and the member in them are fixed",
                "/^Resource::.*\\/jobs\\/\\*\\//")),
        true);
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
        .resources(List.of(stack.queueArn(stack.names.memberQueue(member))))
        .build();
  }

  private PolicyStatement readModels() {
    return objects("ReadModels", "s3:GetObject", Section.MODELS.pattern);
  }

  private PolicyStatement readRevoked() {
    return objects("ReadRevoked", "s3:GetObject", Section.REVOKED.pattern);
  }

  /// Its own, when it is renewed.
  private PolicyStatement readCertificate() {
    return objects("ReadCertificate", "s3:GetObject", Section.certificateOf(member));
  }

  /// Only under keys where nothing is: what was counted stays what it was.
  private PolicyStatement putUpdates() {
    PolicyStatement statement = objects("PutUpdates", "s3:PutObject", Section.updatesOf(member));
    statement.addCondition("Null", Map.of("s3:if-none-match", "false"));
    return statement;
  }

  /// Of its own updates: parts, which are nothing until they are put together, as above.
  private PolicyStatement uploadParts() {
    PolicyStatement statement = objects("UploadParts", "s3:PutObject", Section.updatesOf(member));
    statement.addCondition("Bool", Map.of("s3:ObjectCreationOperation", "false"));
    return statement;
  }

  private PolicyStatement notInsideOthers() {
    PolicyStatement statement = objects("NotInsideOthers", "s3:PutObject", Section.NESTED_UPDATES);
    statement.setEffect(Effect.DENY);
    return statement;
  }

  private PolicyStatement objects(String sid, String action, String keys) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(List.of(action))
        .resources(List.of(storage.bucket.arnForObjects(keys)))
        .build();
  }

  /// Data keys for updates of its own; not even those can it unwrap again.
  private PolicyStatement sealUpdates() {
    return PolicyStatement.Builder.create()
        .sid("SealUpdates")
        .actions(List.of("kms:GenerateDataKey"))
        .resources(List.of(storage.updatesKey.getKeyArn()))
        .conditions(
            Map.of(
                "StringEquals",
                Map.of(
                    "kms:EncryptionContext:federation",
                    stack.names.federation(),
                    "kms:EncryptionContext:member",
                    member)))
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
