package io.rengo.cdk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.rolesanywhere.CfnCRL;
import software.amazon.awscdk.services.rolesanywhere.CfnProfile;
import software.amazon.awscdk.services.rolesanywhere.CfnTrustAnchor;

/// AWS credentials for members outside of AWS, by IAM Roles Anywhere. Sessions carry the
/// certificate's subject as tags, and the one role of all members lets each do what its tag names:
/// a site more is no change to any policy.
final class RolesAnywhere {
  /// What stands in a policy for the name in the certificate of whoever asks.
  static final String NAME_IN_CERTIFICATE = "${aws:PrincipalTag/x509Subject/CN}";

  private static final int HOUR = 3600;
  private static final String SERVICE = "rolesanywhere.amazonaws.com";

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
    stack.output(
        "TrustAnchor",
        "For aws_signing_helper, and RENGO_TRUST_ANCHOR of the operator",
        anchor.getAttrTrustAnchorArn());
  }

  /// The role that the holder of any member's certificate takes, and the profile that leads to it:
  /// a session lasts an hour.
  void admit(StorageStack storage) {
    Role role =
        Role.Builder.create(stack, "ByCertificate")
            .description(
                "The agent whose certificate names it, in the Rengo federation "
                    + stack.names.federation())
            .assumedBy(
                new PrincipalWithConditions(new ServicePrincipal(SERVICE), ofAuthoritysMembers()))
            .build();
    Objects.requireNonNull(role.getAssumeRolePolicy(), "the role's own policy")
        .addStatements(
            PolicyStatement.Builder.create()
                .sid("WithTags")
                .principals(List.of(new ServicePrincipal(SERVICE)))
                .actions(List.of("sts:SetSourceIdentity", "sts:TagSession"))
                .conditions(ofAuthoritysMembers())
                .build());
    new MemberAccess(stack, NAME_IN_CERTIFICATE, storage).grantTo(role);
    CfnProfile profile =
        CfnProfile.Builder.create(stack, "Members")
            .name(stack.names.prefix() + "-members")
            .enabled(true)
            .durationSeconds(HOUR)
            .roleArns(List.of(role.getRoleArn()))
            .build();
    stack.output("Profile", "For aws_signing_helper", profile.getAttrProfileArn());
    stack.output("RoleByCertificate", "For aws_signing_helper", role.getRoleArn());
  }

  /// The list of revoked certificates that the anchor begins with; later ones come by the command
  /// that revokes.
  void refuse(String revoked) {
    CfnCRL.Builder.create(stack, "Revoked")
        .name(stack.names.prefix())
        .enabled(true)
        .trustAnchorArn(anchor.getAttrTrustAnchorArn())
        .crlData(revoked)
        .build();
  }

  private Map<String, Object> ofAuthoritysMembers() {
    return new TreeMap<>(
        Map.of(
            "StringEquals",
            Map.of("aws:PrincipalTag/x509Subject/OU", "member"),
            "ArnEquals",
            Map.of("aws:SourceArn", anchor.getAttrTrustAnchorArn())));
  }
}
