package io.rengo.cdk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.rolesanywhere.CfnProfile;
import software.amazon.awscdk.services.rolesanywhere.CfnTrustAnchor;

/// AWS credentials for members outside of AWS, by IAM Roles Anywhere: who has the key of a member's
/// certificate takes that member's role, and no other. Sessions carry the certificate's subject as
/// tags.
final class RolesAnywhere {
  private static final int HOUR = 3600;

  private final Part stack;
  private final CfnTrustAnchor anchor;

  RolesAnywhere(Part stack, String authority) {
    this.stack = stack;
    this.anchor =
        CfnTrustAnchor.Builder.create(stack, "Authority")
            .name(stack.names.prefix())
            .enabled(true)
            .source(
                CfnTrustAnchor.SourceProperty.builder()
                    .sourceType("CERTIFICATE_BUNDLE")
                    .sourceData(
                        CfnTrustAnchor.SourceDataProperty.builder()
                            .x509CertificateData(authority)
                            .build())
                    .build())
            .build();
  }

  /// Lets the holder of a member's certificate take the member's role.
  void allow(Role role, String member) {
    Objects.requireNonNull(role.getAssumeRolePolicy(), "the role's own policy")
        .addStatements(
            PolicyStatement.Builder.create()
                .sid("ByCertificate")
                .principals(List.of(new ServicePrincipal("rolesanywhere.amazonaws.com")))
                .actions(List.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"))
                .conditions(
                    Map.of(
                        "StringEquals",
                        Map.of(
                            "aws:PrincipalTag/x509Subject/CN",
                            member,
                            "aws:PrincipalTag/x509Subject/OU",
                            "member"),
                        "ArnEquals",
                        Map.of("aws:SourceArn", anchor.getAttrTrustAnchorArn())))
                .build());
  }

  /// The one profile of all members: a session lasts an hour.
  void profile(List<Role> roles) {
    CfnProfile profile =
        CfnProfile.Builder.create(stack, "Members")
            .name(stack.names.prefix() + "-members")
            .enabled(true)
            .durationSeconds(HOUR)
            .roleArns(roles.stream().map(Role::getRoleArn).toList())
            .build();
    stack.output("TrustAnchor", "For aws_signing_helper", anchor.getAttrTrustAnchorArn());
    stack.output("Profile", "For aws_signing_helper", profile.getAttrProfileArn());
  }
}
