package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.KeyContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A federation that lets members in without credentials for AWS.
class MemberServiceTest {
  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  private static final Synthesis DEPLOYED =
      Synthesis.of(
          Map.of(
              "members",
              "north,south",
              "presigned",
              "true",
              "authority",
              Synthesis.file("ca", ".pem", PEM).toString()));

  @Test
  void function_hasAnAddressAndALimit() {
    assertThat(DEPLOYED.resources("AWS::Lambda::Url"))
        .singleElement()
        .satisfies(url -> assertThat(url.properties().path("AuthType").asText()).isEqualTo("NONE"));
    assertThat(functions())
        .filteredOn(function -> function.path("FunctionName").asText().endsWith("ServeMember"))
        .singleElement()
        .satisfies(function ->
            assertThat(function.path("ReservedConcurrentExecutions").asInt()).isEqualTo(10));
    assertThat(functions())
        .allMatch(function ->
            function.at("/Environment/Variables/RENGO_PRESIGNED").asText().equals("true"));
  }

  @Test
  void role_mayWhatMembersMay() {
    List<JsonNode> statements = statements("ServeMember");

    assertThat(statements)
        .flatExtracting(MemberServiceTest::actions)
        .containsExactlyInAnyOrder(
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "s3:GetObject",
            "s3:PutObject",
            "s3:PutObject",
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage",
            "kms:Decrypt",
            "kms:GenerateDataKey",
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords");
    assertThat(statements)
        .filteredOn(statement -> statement.path("Sid").asText().equals("PutUpdates"))
        .singleElement()
        .satisfies(statement -> {
          assertThat(statement.path("Resource").toString()).contains("/jobs/*/rounds/*/updates/*");
          assertThat(statement.at("/Condition/Null/s3:if-none-match").asText()).isEqualTo("false");
        });
    assertThat(statements)
        .filteredOn(statement -> actions(statement).contains("kms:Decrypt"))
        .allMatch(
            statement -> !statement.at("/Condition/StringEquals/kms:ViaService").isMissingNode());
  }

  @Test
  void roundKeys_areMadeWhereTasksAre() {
    assertThat(statements("DispatchTasks"))
        .filteredOn(statement -> statement.path("Sid").asText().equals("MakeRoundKeys"))
        .singleElement()
        .satisfies(statement ->
            assertThat(
                    statement.at("/Condition/StringEquals/kms:EncryptionContext:member").asText())
                .isEqualTo(KeyContext.ofRound("demo", "job", 1).member()));
  }

  @Test
  void withoutTheFlag_thereIsNoAddress() {
    assertThat(Synthesis.WHOLE.resources("AWS::Lambda::Url")).isEmpty();
    assertThat(Synthesis.WHOLE.resources("AWS::IAM::Policy"))
        .noneMatch(policy -> policy.toString().contains("MakeRoundKeys"));
  }

  @Test
  void withoutAnAuthority_itIsRefused() {
    assertThatThrownBy(() -> Synthesis.of(Map.of("presigned", "true")))
        .hasMessageContaining("-c authority=FILE");
  }

  private static List<JsonNode> functions() {
    return DEPLOYED.resources("AWS::Lambda::Function").stream()
        .map(Synthesis.Resource::properties)
        .toList();
  }

  private static List<JsonNode> statements(String function) {
    return DEPLOYED.resources("AWS::IAM::Policy").stream()
        .filter(policy -> policy.id().startsWith(function))
        .flatMap(policy -> Synthesis.stream(policy.properties().at("/PolicyDocument/Statement")))
        .toList();
  }

  private static List<String> actions(JsonNode statement) {
    JsonNode action = statement.path("Action");
    return action.isTextual()
        ? List.of(action.asText())
        : Stream.of(action).flatMap(Synthesis::stream).map(JsonNode::asText).toList();
  }
}
