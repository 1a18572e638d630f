package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.cdk.Synthesis.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeastPrivilegeTest {
  /// Actions that AWS grants for everything or not at all, and why they are there.
  private static final Map<String, String> WITHOUT_RESOURCES =
      Map.ofEntries(
          Map.entry("xray:PutTraceSegments", "tracing"),
          Map.entry("xray:PutTelemetryRecords", "tracing"),
          Map.entry("xray:GetSamplingRules", "tracing"),
          Map.entry("xray:GetSamplingTargets", "tracing"),
          Map.entry("logs:CreateLogDelivery", "logs of state machines"),
          Map.entry("logs:GetLogDelivery", "logs of state machines"),
          Map.entry("logs:UpdateLogDelivery", "logs of state machines"),
          Map.entry("logs:DeleteLogDelivery", "logs of state machines"),
          Map.entry("logs:ListLogDeliveries", "logs of state machines"),
          Map.entry("logs:PutResourcePolicy", "logs of state machines"),
          Map.entry("logs:DescribeResourcePolicies", "logs of state machines"),
          Map.entry("logs:DescribeLogGroups", "logs of state machines"),
          Map.entry("ecr:GetAuthorizationToken", "the trainers' image"));

  private final List<JsonNode> statements =
      Synthesis.WHOLE.resources("AWS::IAM::Policy").stream()
          .flatMap(Synthesis::statements)
          .toList();

  @Test
  void actions_areNamedOneByOne() {
    assertThat(statements)
        .allSatisfy(statement ->
            assertThat(Synthesis.many(statement.path("Action")))
                .allSatisfy(action -> assertThat(action.asText()).doesNotContain("*")));
  }

  @Test
  void resources_areNamedWhereAwsKnowsThem() {
    List<String> everywhere =
        statements.stream()
            .filter(statement ->
                Synthesis.many(statement.path("Resource")).stream()
                    .anyMatch(resource -> resource.asText().equals("*")))
            .flatMap(statement -> Synthesis.many(statement.path("Action")).stream())
            .map(JsonNode::asText)
            .toList();
    assertThat(everywhere).isNotEmpty().isSubsetOf(WITHOUT_RESOURCES.keySet());
  }

  /// Of keys, buckets, queues and topics. A key names its owner's account for all that the
  /// account's own policies allow; without that nobody could ever change its policy.
  @Test
  void resources_letInNobodyInGeneral() {
    List<JsonNode> own =
        Synthesis.WHOLE.resources().stream()
            .flatMap(resource ->
                Stream.of("/PolicyDocument/Statement", "/KeyPolicy/Statement")
                    .filter(path -> !resource.type().equals("AWS::IAM::Policy"))
                    .flatMap(path -> Synthesis.stream(resource.properties().at(path))))
            .toList();
    assertThat(own).hasSizeGreaterThan(20);
    assertThat(own)
        .filteredOn(statement -> statement.path("Effect").asText().equals("Allow"))
        .noneMatch(statement -> statement.path("Principal").toString().contains("*"));
    assertThat(own)
        .filteredOn(statement -> statement.path("Effect").asText().equals("Allow"))
        .filteredOn(statement ->
            Synthesis.many(statement.path("Action")).stream()
                .anyMatch(action -> action.asText().contains("*")))
        .isNotEmpty()
        .allMatch(statement ->
            statement.path("Action").asText().equals("kms:*")
                && statement.path("Principal").toString().endsWith(":root\"]]}}"));
  }

  @Test
  void nobody_scansOrDeletesRecordsOrObjects() {
    assertThat(statements.stream().flatMap(s -> Synthesis.many(s.path("Action")).stream()))
        .extracting(JsonNode::asText)
        .doesNotContain("dynamodb:Scan", "dynamodb:DeleteItem", "s3:DeleteObject");
  }

  @Test
  void managedPolicies_areNotUsed() {
    assertThat(Synthesis.WHOLE.resources("AWS::IAM::Role"))
        .allSatisfy(role -> assertThat(role.properties().has("ManagedPolicyArns")).isFalse());
  }

  @Test
  void functions_mayDoWhatTheirStepNeeds() {
    assertThat(rights("FoldTiles"))
        .containsExactlyInAnyOrder(
            "kms:Decrypt",
            "kms:GenerateDataKey",
            "s3:GetObject",
            "s3:ListBucket",
            "s3:PutObject",
            "s3:PutObjectTagging");
    assertThat(rights("OpenRound"))
        .contains("states:SendTaskSuccess", "dynamodb:UpdateItem")
        .noneMatch(action -> action.startsWith("s3:"));
    assertThat(rights("DispatchTasks"))
        .contains("sqs:SendMessage", "dynamodb:Query")
        .doesNotContain("dynamodb:PutItem");
    assertThat(objects("DispatchTasks", "s3:PutObject"))
        .containsExactly("/jobs/*/rounds/*/tasked.json");
    assertThat(objects("FoldTiles", "s3:PutObject"))
        .containsExactly(
            "/jobs/*/rounds/*/folds/*",
            "/jobs/*/rounds/*/memory/*",
            "/jobs/*/models/*",
            "/jobs/*/rounds/*/region/*");
    assertThat(statements("FoldTiles", "UploadParts"))
        .singleElement()
        .matches(s -> s.at("/Condition/Bool/s3:ObjectCreationOperation").asText().equals("false"));
    assertThat(objects("StepShards", "s3:GetObject")).doesNotContain("/jobs/*/rounds/*/updates/*");
  }

  @Test
  void member_takesItsTasksReadsModelsAndPutsItsUpdates() {
    Resource policy = policy("rengo-demo-identity", "Membermember2DefaultPolicy");
    assertThat(actions(policy))
        .containsExactlyInAnyOrder(
            "kms:Decrypt",
            "kms:GenerateDataKey",
            "s3:GetObject",
            "s3:PutObject",
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage");
    assertThat(keys(policy, "s3:GetObject", "Allow"))
        .containsExactly(
            "/jobs/*/models/*", "/federation/crl.pem", "/federation/certificates/member-2.pem");
    assertThat(keys(policy, "s3:PutObject", "Allow"))
        .containsExactly(
            "/jobs/*/rounds/*/updates/member-2/*", "/jobs/*/rounds/*/updates/member-2/*");
    assertThat(keys(policy, "s3:PutObject", "Deny")).containsExactly("/jobs/*/updates/*/updates/*");
    assertThat(resources(policy, "sqs:ReceiveMessage"))
        .singleElement()
        .asString()
        .endsWith(":rengo-demo-member-member-2\"]]}");
  }

  @Test
  void memberRole_isTakenWithItsExternalIdAlone() {
    assertThat(Synthesis.WHOLE.resources("AWS::IAM::Role"))
        .filteredOn(role -> role.stack().equals("rengo-demo-identity"))
        .hasSize(3)
        .allSatisfy(role ->
            assertThat(
                    role.properties()
                        .at(
                            "/AssumeRolePolicyDocument/Statement/0/Condition/StringEquals/sts:ExternalId")
                        .asText())
                .startsWith("rengo-demo-member-"));
    Synthesis given =
        Synthesis.of(
            Map.of(
                "members", "north,south",
                "member-principal:north", "arn:aws:iam::210987654321:role/trainer"));
    assertThat(given.resources("AWS::IAM::Role"))
        .filteredOn(role -> role.toString().contains("arn:aws:iam::210987654321:role/trainer"))
        .singleElement()
        .matches(role -> role.id().startsWith("Membernorth"));
  }

  @Test
  void updates_areSealedByTheirMemberAndOpenedByTheFunctionsThatReadThem() {
    List<String> readers =
        Stream.of(Step.values()).filter(Step::opensUpdates).map(step -> step.id).toList();
    assertThat(readers).contains("AcceptUpdate", "FoldTiles").doesNotContain("StepShards");
    Resource key =
        Synthesis.WHOLE.resources("AWS::KMS::Key").stream()
            .filter(resource -> resource.id().startsWith("UpdatesKey"))
            .findFirst()
            .orElseThrow();
    JsonNode deny =
        Synthesis.stream(key.properties().at("/KeyPolicy/Statement"))
            .filter(statement -> statement.path("Effect").asText().equals("Deny"))
            .findFirst()
            .orElseThrow();
    assertThat(deny.path("Principal").toString()).isEqualTo("{\"AWS\":\"*\"}");
    assertThat(Synthesis.many(deny.path("Action")))
        .extracting(JsonNode::asText)
        .contains("kms:Decrypt");
    List<JsonNode> spared = Synthesis.many(deny.at("/Condition/ArnNotEquals/aws:PrincipalArn"));
    assertThat(spared)
        .extracting(JsonNode::toString)
        .hasSameSizeAs(readers)
        .allMatch(
            arn -> readers.stream().anyMatch(step -> arn.contains(":role/rengo-demo-" + step)));
    assertThat(opening("rengo-demo-compute")).hasSameSizeAs(readers);
    assertThat(opening("rengo-demo-identity")).isEmpty();
  }

  @Test
  void member_makesKeysForItselfAlone() {
    Resource policy = policy("rengo-demo-identity", "Membermember2DefaultPolicy");
    assertThat(Synthesis.statements(policy))
        .filteredOn(statement -> statement.path("Sid").asText().equals("SealUpdates"))
        .singleElement()
        .satisfies(statement -> {
          assertThat(Synthesis.many(statement.path("Action")))
              .extracting(JsonNode::asText)
              .containsExactly("kms:GenerateDataKey");
          assertThat(statement.at("/Condition/StringEquals/kms:EncryptionContext:member").asText())
              .isEqualTo("member-2");
        });
  }

  @Test
  void member_putsWhereNothingIs() {
    Resource policy = policy("rengo-demo-identity", "Membermember2DefaultPolicy");
    assertThat(Synthesis.statements(policy))
        .filteredOn(statement -> statement.path("Sid").asText().equals("PutUpdates"))
        .singleElement()
        .matches(s -> s.at("/Condition/Null/s3:if-none-match").asText().equals("false"));
    assertThat(Synthesis.statements(policy))
        .filteredOn(statement -> statement.path("Sid").asText().equals("UploadParts"))
        .singleElement()
        .matches(s -> s.at("/Condition/Bool/s3:ObjectCreationOperation").asText().equals("false"));
  }

  private static List<JsonNode> opening(String stack) {
    return Synthesis.WHOLE.resources("AWS::IAM::Policy").stream()
        .filter(policy -> policy.stack().equals(stack))
        .flatMap(Synthesis::statements)
        .filter(statement -> statement.toString().contains("UpdatesKey"))
        .filter(statement -> has(statement, "kms:Decrypt"))
        .toList();
  }

  @Test
  void keyOfData_isUsedThroughServicesAlone() {
    assertThat(statements)
        .filteredOn(statement -> !statement.toString().contains("UpdatesKey"))
        .filteredOn(statement ->
            Synthesis.many(statement.path("Action")).stream()
                .anyMatch(action -> action.asText().startsWith("kms:")))
        .isNotEmpty()
        .allSatisfy(statement ->
            assertThat(statement.at("/Condition/StringEquals/kms:ViaService").isMissingNode())
                .isFalse());
  }

  private static Set<String> rights(String step) {
    return actions(policy("rengo-demo-compute", step + "RoleDefaultPolicy")).stream()
        .filter(action -> !action.startsWith("logs:") && !action.startsWith("xray:"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<JsonNode> statements(String step, String sid) {
    return Synthesis.statements(policy("rengo-demo-compute", step + "RoleDefaultPolicy"))
        .filter(statement -> statement.path("Sid").asText().equals(sid))
        .toList();
  }

  private static List<String> objects(String step, String action) {
    return keys(policy("rengo-demo-compute", step + "RoleDefaultPolicy"), action, "Allow");
  }

  private static Set<String> actions(Resource policy) {
    return Synthesis.statements(policy)
        .flatMap(statement -> Synthesis.many(statement.path("Action")).stream())
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }

  /// The patterns of keys that a policy allows or denies an action for.
  private static List<String> keys(Resource policy, String action, String effect) {
    return Synthesis.statements(policy)
        .filter(statement -> statement.path("Effect").asText().equals(effect))
        .filter(statement -> has(statement, action))
        .flatMap(statement -> Synthesis.many(statement.path("Resource")).stream())
        .map(resource -> resource.at("/Fn::Join/1/1").asText())
        .toList();
  }

  private static List<JsonNode> resources(Resource policy, String action) {
    return Synthesis.statements(policy)
        .filter(statement -> has(statement, action))
        .flatMap(statement -> Synthesis.many(statement.path("Resource")).stream())
        .toList();
  }

  private static boolean has(JsonNode statement, String action) {
    return Synthesis.many(statement.path("Action")).stream()
        .anyMatch(node -> node.asText().equals(action));
  }

  private static Resource policy(String stack, String id) {
    return Stream.of(Synthesis.WHOLE.resources("AWS::IAM::Policy"))
        .flatMap(List::stream)
        .filter(policy -> policy.stack().equals(stack) && policy.id().startsWith(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no policy " + id));
  }
}
