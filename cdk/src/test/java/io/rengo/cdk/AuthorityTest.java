package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A federation that is deployed with its authority's certificate.
class AuthorityTest {
  static final String PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  private static final String LIST = "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n";
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
        .satisfies(profile -> assertThat(profile.properties().path("RoleArns")).hasSize(1));
  }

  @Test
  void certificateOfAMember_takesTheOneRoleForAll() {
    List<JsonNode> statements =
        deployed.resources("AWS::IAM::Role").stream()
            .filter(role -> role.id().startsWith("ByCertificate"))
            .flatMap(role ->
                Synthesis.stream(role.properties().at("/AssumeRolePolicyDocument/Statement")))
            .toList();

    assertThat(statements)
        .hasSize(2)
        .allMatch(statement ->
            !statement.at("/Condition/ArnEquals/aws:SourceArn").isMissingNode()
                && statement
                    .at("/Condition/StringEquals/aws:PrincipalTag~1x509Subject~1OU")
                    .asText()
                    .equals("member")
                && statement.at("/Principal/Service").asText().startsWith("rolesanywhere."));
    assertThat(deployed.resources("AWS::IAM::Role"))
        .filteredOn(role -> role.toString().contains("rolesanywhere.amazonaws.com"))
        .hasSize(1);
  }

  /// What it may do is what the role of a member by name may, with the tag in the name's place.
  @Test
  void roleByCertificate_letsEachDoWhatItsTagNames() {
    String byName = policy("Membernorth");

    assertThat(policy("ByCertificate"))
        .contains("${aws:PrincipalTag/x509Subject/CN}")
        .isEqualTo(
            byName
                .replace(
                    "rengo-demo-member-north",
                    "rengo-demo-member-" + RolesAnywhere.NAME_IN_CERTIFICATE)
                .replace("/north/*", "/" + RolesAnywhere.NAME_IN_CERTIFICATE + "/*")
                .replace("/north.pem", "/" + RolesAnywhere.NAME_IN_CERTIFICATE + ".pem")
                .replace("\"north\"", "\"" + RolesAnywhere.NAME_IN_CERTIFICATE + "\""));
  }

  @Test
  void siteMore_changesNoPolicyButItsOwn() {
    Synthesis more =
        Synthesis.of(
            Map.of(
                "members",
                "north,south,west",
                "authority",
                Synthesis.file("ca", ".pem", PEM).toString()));

    assertThat(identity(more)).containsAll(identity(deployed));
  }

  @Test
  void listOfRevokedCertificates_isTheAnchors() {
    Synthesis given =
        Synthesis.of(
            Map.of(
                "authority",
                Synthesis.file("ca", ".pem", PEM).toString(),
                "revoked",
                Synthesis.file("crl", ".pem", LIST).toString()));

    assertThat(given.resources("AWS::RolesAnywhere::CRL"))
        .singleElement()
        .satisfies(list -> {
          assertThat(list.properties().path("CrlData").asText()).isEqualTo(LIST.strip());
          assertThat(list.properties().path("Enabled").asBoolean()).isTrue();
          assertThat(list.properties().path("TrustAnchorArn").toString()).contains("Authority");
        });
    assertThat(deployed.resources("AWS::RolesAnywhere::CRL")).isEmpty();
    assertThatThrownBy(
            () -> Synthesis.of(Map.of("revoked", Synthesis.file("crl", ".pem", PEM).toString())))
        .hasMessageContaining("holds no X509 CRL (at context revoked)");
  }

  @Test
  void endOfTheList_isWatched() {
    assertThat(deployed.resources("AWS::CloudWatch::Alarm"))
        .filteredOn(alarm -> alarm.id().startsWith("ListEnds"))
        .singleElement()
        .satisfies(alarm -> {
          assertThat(alarm.properties().path("Metrics").toString())
              .contains("RevocationListDays", "Minimum");
          assertThat(alarm.properties().path("ComparisonOperator").asText())
              .isEqualTo("LessThanOrEqualToThreshold");
          assertThat(alarm.properties().path("Threshold").asInt()).isEqualTo(30);
        });
  }

  private String policy(String id) {
    return deployed.resources("AWS::IAM::Policy").stream()
        .filter(policy -> policy.id().startsWith(id))
        .map(policy -> policy.properties().path("PolicyDocument").toString())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> identity(Synthesis synthesis) {
    return synthesis.resources().stream()
        .filter(resource -> resource.stack().equals("rengo-demo-identity"))
        .map(Synthesis.Resource::toString)
        .toList();
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
