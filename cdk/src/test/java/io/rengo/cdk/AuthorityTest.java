package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A federation that is deployed with its authority's certificate.
class AuthorityTest {
  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  private final Synthesis deployed =
      Synthesis.of(
          Map.of(
              "members", "north,south", "authority", Synthesis.file("ca", ".pem", PEM).toString()));

  @Test
  void trustAnchor_isTheAuthority() {
    assertThat(deployed.resources("AWS::RolesAnywhere::TrustAnchor"))
        .singleElement()
        .satisfies(anchor ->
            assertThat(anchor.properties().at("/Source/SourceData/X509CertificateData").asText())
                .isEqualTo(PEM.strip()));
    assertThat(deployed.resources("AWS::RolesAnywhere::Profile"))
        .singleElement()
        .satisfies(profile -> assertThat(profile.properties().path("RoleArns")).hasSize(2));
  }

  @Test
  void certificate_takesTheRoleOfItsNameAlone() {
    List<JsonNode> byCertificate =
        deployed.resources("AWS::IAM::Role").stream()
            .filter(role -> role.stack().equals("rengo-demo-identity"))
            .flatMap(role ->
                Synthesis.stream(role.properties().at("/AssumeRolePolicyDocument/Statement")))
            .filter(statement -> statement.path("Sid").asText().equals("ByCertificate"))
            .toList();

    assertThat(byCertificate)
        .extracting(statement ->
            statement.at("/Condition/StringEquals/aws:PrincipalTag~1x509Subject~1CN").asText())
        .containsExactlyInAnyOrder("north", "south");
    assertThat(byCertificate)
        .allMatch(statement ->
            !statement.at("/Condition/ArnEquals/aws:SourceArn").isMissingNode()
                && statement
                    .at("/Condition/StringEquals/aws:PrincipalTag~1x509Subject~1OU")
                    .asText()
                    .equals("member"));
  }

  @Test
  void functions_knowTheAuthorityAndThoseThatWriteTheLedgerSign() {
    assertThat(deployed.resources("AWS::Lambda::Function"))
        .allMatch(function ->
            function
                .properties()
                .at("/Environment/Variables/RENGO_AUTHORITY")
                .asText()
                .equals(PEM.strip()));
    assertThat(
            deployed.resources("AWS::IAM::Policy").stream()
                .filter(policy -> policy.toString().contains("kms:Sign"))
                .map(Synthesis.Resource::id))
        .hasSize(5)
        .allMatch(id -> id.matches("(StartJob|EnterRound|DispatchTasks|RecordRound|FinishJob).*"));
  }

  @Test
  void withoutAnAuthority_nothingIsSigned() {
    assertThat(Synthesis.WHOLE.resources("AWS::RolesAnywhere::TrustAnchor")).isEmpty();
    assertThat(Synthesis.WHOLE.resources("AWS::IAM::Policy"))
        .noneMatch(policy -> policy.toString().contains("kms:Sign"));
  }
}
