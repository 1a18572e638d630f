package io.rengo.cdk;

import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;

/// What a member's agent may do: take tasks from its own queue, read models, and put updates under
/// its own name. It can neither list nor read what anybody has put.
final class MemberAccess {
  private final Statements statements;
  private final String member;

  /// @param member its name, or what stands in policies for the name of whoever asks
  MemberAccess(Part stack, String member, StorageStack storage) {
    this.statements = new Statements(stack, storage);
    this.member = member;
  }

  void grantTo(Role role) {
    String updates = Section.updatesOf(member);
    List.of(
            statements.takeTasks(Stream.of(member)),
            read("ReadModels", Section.MODELS.pattern),
            read("ReadRevoked", Section.REVOKED.pattern),
            read("ReadCertificate", Section.certificateOf(member)),
            // What was counted stays what it was.
            statements.newObjects("PutUpdates", updates),
            statements.partsOfObjects("UploadParts", List.of(updates)),
            statements.notInsideOthers(),
            statements.useKey("s3", "sqs"),
            statements.makeKeys("SealUpdates", member))
        .forEach(role::addToPolicy);
    NagSuppressions.addResourceSuppressions(
        role,
        List.of(
            Suppressions.wildcards(
                "Keys hold the ids of jobs and rounds, which are made long after the role; the section and the member in them are fixed",
                "/^Resource::.*\\/jobs\\/\\*\\//")),
        true);
  }

  private PolicyStatement read(String sid, String keys) {
    return statements.objects(sid, "s3:GetObject", List.of(keys));
  }
}
