package io.rengo.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rengo.aws.AwsClients;
import io.rengo.aws.LocalStack;
import io.rengo.core.seal.SealedHeader;
import io.rengo.core.seal.WrappedKey;
import io.rengo.lambdas.Demands;
import io.rengo.lambdas.Steps;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PortsProvider;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.Versions;
import io.rengo.protocol.access.MemberAnswer;
import io.rengo.protocol.trust.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/// A member whose agent has a certificate and no credentials for AWS. The function for members runs
/// behind a server of this test's; queue, bucket, table and keys are LocalStack's, which checks the
/// signatures of links.
class PresignedMemberTest {
  private static final String JOB = "presigned";
  private static final String MEMBER = Federated.MEMBERS.getFirst();
  private static final String FILE =
      """
      seed: 3
      model: {kind: mlp, layers: [64, 16, 10]}
      training: {trainer: dense, epochs: 1, batch-size: 32, learning-rate: 0.1}
      rounds: {count: 1, quorum: 1, deadline: 10m}
      """;

  @TempDir Path folder;
  private final Federation federation = new Federation(Deployed.newName("pre"));
  private final Map<String, String> environment = new TreeMap<>(LocalStack.environment());
  private final AwsClients clients = LocalStack.clients();
  private final CountDownLatch taskDone = new CountDownLatch(1);

  @Test
  void agentWithoutCredentials_takesATaskAndItsUpdateCounts() throws Exception {
    resources();
    Certified certified = Certified.of(federation.name(), folder);
    certified.publish(environment);
    Ports ports = PortsProvider.fromEnvironment(environment);
    Steps steps =
        new Steps(
            ports,
            federation,
            new Demands(
                true,
                Optional.of(Pem.certificate(Files.readString(certified.authority()), "ca.pem")),
                true),
            Versions.UNKNOWN,
            report -> {});
    open(steps);

    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> serve(steps, exchange));
    server.start();
    try (AgentProcess agent =
        AgentProcess.start(
            Federated.in(folder),
            federation.name(),
            MEMBER,
            Map.of("AWS_EC2_METADATA_DISABLED", "true"),
            "presigned: http://127.0.0.1:" + server.getAddress().getPort() + "/",
            "trust: " + certified.trust(MEMBER))) {
      assertThat(taskDone.await(2, TimeUnit.MINUTES))
          .describedAs(Files.readString(agent.log()))
          .isTrue();
    } finally {
      server.stop(0);
    }

    ObjectKeys keys = new ObjectKeys(JOB);
    ObjectInfo manifest = ports.objects().head(keys.manifest(1, MEMBER)).orElseThrow();
    assertThat(steps.run("AcceptUpdate", event(manifest)).path("batchItemFailures")).isEmpty();

    RoundRecord round =
        Json.read(
            ports.records().get(RecordKeys.round(JOB, 1)).orElseThrow().json(),
            RoundRecord.class,
            "round");
    assertThat(ports.records().list(RecordKeys.roundPartition(JOB, 1), RecordKeys.REFUSED))
        .isEmpty();
    assertThat(round.accepted()).isEqualTo(1);
    assertThat(wrappedKey(ports, keys)).isInstanceOf(WrappedKey.ToRound.class);
  }

  private void open(Steps steps) {
    ObjectNode start = Json.MAPPER.createObjectNode().put("job", JOB);
    start.putObject("input").put("file", FILE);
    start.putArray("members").add(MEMBER);
    steps.run("StartJob", start);
    ObjectNode round = Json.MAPPER.createObjectNode().put("job", JOB).put("round", 1);
    steps.run("SelectCohort", round.deepCopy().put("purpose", "train"));
    assertThat(steps.run("DispatchTasks", round).path("dispatched").asInt()).isEqualTo(1);
  }

  /// As Lambda calls the function behind an address. The agent removes a task when it is done.
  private void serve(Steps steps, HttpExchange exchange) {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      JsonNode answer =
          steps.run(
              "ServeMember",
              Json.MAPPER.createObjectNode().put("body", body).put("isBase64Encoded", false));
      byte[] text = answer.path("body").asText().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.path("statusCode").asInt(), text.length);
      exchange.getResponseBody().write(text);
      if (Json.read(answer.path("body").asText(), MemberAnswer.class, "answer")
              instanceof MemberAnswer.Done
          && body.contains("\\\"kind\\\":\\\"delete\\\"")) {
        taskDone.countDown();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WrappedKey wrappedKey(Ports ports, ObjectKeys keys) {
    ObjectInfo payload =
        ports.objects().list(keys.updates(1)).stream()
            .filter(object -> object.key().endsWith(".safetensors"))
            .findFirst()
            .orElseThrow();
    return WrappedKey.read(
        SealedHeader.read(ports.objects().range(payload.key(), 0, SealedHeader.MAX), payload.size())
            .wrappedKey());
  }

  /// What S3 says of a new manifest, by way of its queue.
  private static JsonNode event(ObjectInfo manifest) {
    ObjectNode notice = Json.MAPPER.createObjectNode();
    ObjectNode record =
        notice.putArray("Records").addObject().put("eventName", "ObjectCreated:Put");
    record
        .putObject("s3")
        .putObject("object")
        .put("key", manifest.key())
        .put("size", manifest.size())
        .put("eTag", manifest.etag());
    ObjectNode batch = Json.MAPPER.createObjectNode();
    ArrayNode records = batch.putArray("Records");
    records.addObject().put("messageId", "1").put("body", notice.toString());
    return batch;
  }

  /// A bucket, a queue, a table and two keys, as the stacks make them.
  private void resources() {
    String bucket = federation.prefix() + "-bucket";
    clients.s3().createBucket(r -> r.bucket(bucket));
    clients.sqs().createQueue(r -> r.queueName(federation.memberQueue(MEMBER)));
    clients
        .dynamoDb()
        .createTable(r ->
            r.tableName(federation.table())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("pk"), attribute("sk"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
    clients.dynamoDb().waiter().waitUntilTableExists(r -> r.tableName(federation.table()));
    String updates = clients.kms().createKey().keyMetadata().keyId();
    clients.kms().createAlias(r -> r.aliasName(federation.updatesKey()).targetKeyId(updates));
    String signing =
        clients
            .kms()
            .createKey(r -> r.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
            .keyMetadata()
            .keyId();
    clients.kms().createAlias(r -> r.aliasName(federation.signingKey()).targetKeyId(signing));
    environment.putAll(
        Map.of(
            "RENGO_FEDERATION",
            federation.name(),
            "RENGO_BUCKET",
            bucket,
            "RENGO_TABLE",
            federation.table()));
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
