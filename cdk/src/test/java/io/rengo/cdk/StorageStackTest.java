package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.cdk.Synthesis.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class StorageStackTest {
  @Test
  void updates_areRemovedOnceTheirDaysAreOver() {
    Synthesis month = Synthesis.of(Map.of("keep-updates", "30"));

    assertThat(rule(Synthesis.WHOLE)).contains("\"ExpirationInDays\":90");
    assertThat(rule(month))
        .contains("\"ExpirationInDays\":30")
        .contains("\"TagFilters\":[{\"Key\":\"rengo-expires\",\"Value\":\"true\"}]");
    assertThatThrownBy(() -> Synthesis.of(Map.of("keep-updates", "0")))
        .hasMessageContaining("at context keep-updates");
  }

  private static String rule(Synthesis synthesis) {
    return synthesis.resources("AWS::S3::Bucket").stream()
        .flatMap(
            bucket -> Synthesis.stream(bucket.properties().at("/LifecycleConfiguration/Rules")))
        .filter(rule -> rule.path("Id").asText().equals("let-updates-expire"))
        .findFirst()
        .orElseThrow()
        .toString();
  }

  private final Template template = Synthesis.WHOLE.template("rengo-demo-storage");

  @Test
  void pagesOfLedgers_areLockedWhereThatIsAsked() {
    Synthesis locked = Synthesis.of(Map.of("ledger-object-lock", "365"));

    assertThat(locked.resource("AWS::S3::Bucket", "ObjectLockEnabled", "true").id())
        .startsWith("Objects");
    assertThat(locked.resources("AWS::S3::Bucket"))
        .noneMatch(bucket -> bucket.properties().has("ObjectLockConfiguration"));
    List<String> lockers =
        locked.resources("AWS::Lambda::Function").stream()
            .filter(function ->
                function
                    .properties()
                    .at("/Environment/Variables/RENGO_LEDGER_LOCK_DAYS")
                    .asText()
                    .equals("365"))
            .map(function ->
                function.properties().at("/Environment/Variables/RENGO_FUNCTION").asText())
            .toList();
    assertThat(lockers)
        .containsExactlyInAnyOrder("StartJob", "EnterRound", "RecordRound", "FinishJob");
    assertThat(locked.resources("AWS::IAM::Policy"))
        .filteredOn(policy -> policy.toString().contains("s3:PutObjectRetention"))
        .hasSize(4)
        .allMatch(policy -> lockers.stream().anyMatch(step -> policy.id().startsWith(step)));
    assertThat(Synthesis.WHOLE.resources("AWS::S3::Bucket"))
        .noneMatch(bucket -> bucket.properties().path("ObjectLockEnabled").asBoolean());
    assertThatThrownBy(() -> Synthesis.of(Map.of("ledger-object-lock", "365", "ephemeral", "true")))
        .hasMessageContaining("at context ledger-object-lock");
  }

  @Test
  void key_rotates() {
    template.hasResourceProperties("AWS::KMS::Key", Map.of("EnableKeyRotation", true));
  }

  @Test
  void bucket_isEncryptedVersionedPrivateAndLogged() {
    template.hasResourceProperties(
        "AWS::S3::Bucket",
        Match.objectLike(
            Map.of(
                "BucketEncryption",
                Map.of(
                    "ServerSideEncryptionConfiguration",
                    List.of(
                        Map.of(
                            "BucketKeyEnabled",
                            true,
                            "ServerSideEncryptionByDefault",
                            Match.objectLike(Map.of("SSEAlgorithm", "aws:kms"))))),
                "VersioningConfiguration",
                Map.of("Status", "Enabled"),
                "PublicAccessBlockConfiguration",
                Map.of(
                    "BlockPublicAcls", true,
                    "BlockPublicPolicy", true,
                    "IgnorePublicAcls", true,
                    "RestrictPublicBuckets", true),
                "LoggingConfiguration",
                Match.objectLike(Map.of("LogFilePrefix", "objects/")))));
  }

  @Test
  void bucket_tidiesUpAfterItself() {
    template.hasResourceProperties(
        "AWS::S3::Bucket",
        Match.objectLike(
            Map.of(
                "LifecycleConfiguration",
                Map.of(
                    "Rules",
                    Match.arrayWith(
                        List.of(
                            Match.objectLike(
                                Map.of(
                                    "AbortIncompleteMultipartUpload",
                                    Map.of("DaysAfterInitiation", 1))),
                            Match.objectLike(
                                Map.of(
                                    "NoncurrentVersionExpiration",
                                    Map.of("NoncurrentDays", 30)))))))));
  }

  @Test
  void bucket_announcesManifestsToTheEventQueue() {
    template.hasResourceProperties(
        "AWS::S3::Bucket",
        Match.objectLike(
            Map.of(
                "NotificationConfiguration",
                Map.of("QueueConfigurations", List.of(Match.objectLike(announcement()))))));
    template.resourceCountIs("Custom::S3BucketNotifications", 0);
    template.resourceCountIs("AWS::Lambda::Function", 0);
  }

  private static Map<String, Object> announcement() {
    List<Map<String, String>> rules =
        List.of(
            Map.of("Name", "prefix", "Value", "jobs/"),
            Map.of("Name", "suffix", "Value", "manifest.json"));
    return Map.of("Event", "s3:ObjectCreated:*", "Filter", Map.of("S3Key", Map.of("Rules", rules)));
  }

  @Test
  void table_isEncryptedAndCanBeBroughtBackAndForgets() {
    template.hasResourceProperties(
        "AWS::DynamoDB::Table",
        Match.objectLike(
            Map.of(
                "TableName",
                "rengo-demo",
                "BillingMode",
                "PAY_PER_REQUEST",
                "KeySchema",
                List.of(
                    Map.of("AttributeName", "pk", "KeyType", "HASH"),
                    Map.of("AttributeName", "sk", "KeyType", "RANGE")),
                "PointInTimeRecoverySpecification",
                Map.of("PointInTimeRecoveryEnabled", true),
                "SSESpecification",
                Match.objectLike(Map.of("SSEEnabled", true, "SSEType", "KMS")),
                "TimeToLiveSpecification",
                Map.of("AttributeName", "ttl", "Enabled", true),
                "DeletionProtectionEnabled",
                true)));
  }

  @Test
  void bucketsQueuesAndTopics_refusePlainHttp() {
    for (String kind : List.of("AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic")) {
      List<JsonNode> denials =
          Synthesis.WHOLE.resources(kind + "Policy").stream()
              .flatMap(Synthesis::statements)
              .filter(statement -> statement.path("Effect").asText().equals("Deny"))
              .filter(statement ->
                  statement.at("/Condition/Bool/aws:SecureTransport").asText().equals("false"))
              .toList();
      assertThat(denials).as(kind).hasSameSizeAs(Synthesis.WHOLE.resources(kind));
    }
  }

  @Test
  void queues_areEncryptedAndHaveDeadLetters() {
    List<Resource> queues = Synthesis.WHOLE.resources("AWS::SQS::Queue");
    assertThat(queues).hasSize(2 * (1 + 3));
    assertThat(queues)
        .allSatisfy(queue -> {
          assertThat(queue.properties().has("KmsMasterKeyId")).isTrue();
          String name = queue.properties().path("QueueName").asText();
          assertThat(queue.properties().has("RedrivePolicy")).isEqualTo(!name.endsWith("-dead"));
          assertThat(queue.properties().has("RedriveAllowPolicy"))
              .isEqualTo(name.endsWith("-dead"));
        });
  }

  @Test
  void data_staysUnlessTheFederationIsEphemeral() {
    Synthesis ephemeral = Synthesis.of(Map.of("ephemeral", "true"));
    for (String kind : List.of("AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::KMS::Key")) {
      assertThat(Synthesis.WHOLE.resources(kind))
          .isNotEmpty()
          .allSatisfy(resource ->
              assertThat(resource.body().path("DeletionPolicy").asText()).isEqualTo("Retain"));
      assertThat(ephemeral.resources(kind))
          .isNotEmpty()
          .allSatisfy(resource ->
              assertThat(resource.body().path("DeletionPolicy").asText()).isEqualTo("Delete"));
    }
  }

  @Test
  void logGroups_areEncryptedAndEnd() {
    assertThat(Synthesis.WHOLE.resources("AWS::Logs::LogGroup"))
        .hasSize(Step.values().length + 4 + 2)
        .allSatisfy(group -> {
          assertThat(group.properties().has("KmsKeyId")).isTrue();
          assertThat(group.properties().path("RetentionInDays").asInt()).isEqualTo(90);
        });
  }
}
