package io.rengo.test.access;

import io.rengo.protocol.KeyContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// Does in an emulated account what an attempt says.
final class Emulated {
  private static final Set<String> REFUSALS =
      Set.of("AccessDenied", "AccessDeniedException", "AccessDeniedFault");
  private static final String ANYTHING =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";

  private final Account account;
  private final Roles roles;
  private final SdkBytes wrapped;
  private final SdkBytes ofAnotherFederation;
  private final SdkBytes underDataKey;

  Emulated(Account account, Roles roles) {
    this.account = account;
    this.roles = roles;
    wrapped = wrap(key("the updates' key"), context("demo", "north"));
    ofAnotherFederation = wrap(key("the updates' key"), context("other", "north"));
    underDataKey = wrap(key("the data key"), Map.of());
  }

  private SdkBytes wrap(String key, Map<String, String> context) {
    return account
        .owner()
        .kms()
        .generateDataKey(r -> r.keyId(key).keySpec("AES_256").encryptionContext(context))
        .ciphertextBlob();
  }

  /// Whether the emulator let it pass. What it refuses for another reason (there is no such object,
  /// no such task) has passed.
  boolean passes(Caller caller, Attempt attempt) {
    Caller by = attempt.on().endsWith("without TLS") ? caller.withoutTls() : caller;
    return passes(() -> call(by, attempt));
  }

  static boolean passes(Supplier<Object> call) {
    try {
      var _ = call.get();
      return true;
    } catch (AwsServiceException e) {
      if (e.statusCode() >= 500) {
        throw e;
      }
      String code =
          Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
      return !REFUSALS.contains(code) && e.statusCode() != 403;
    }
  }

  private Object call(Caller by, Attempt attempt) {
    return switch (attempt.action().substring(0, attempt.action().indexOf(':'))) {
      case "s3" -> objects(by, attempt);
      case "sqs" -> queues(by, attempt);
      case "kms" -> keys(by, attempt);
      case "dynamodb" -> records(by, attempt);
      case "states" -> executions(by, attempt);
      case "lambda" ->
          by.lambda().invoke(r -> r.functionName(attempt.name()).invocationType("DryRun"));
      default -> identities(by, attempt);
    };
  }

  private Object objects(Caller by, Attempt attempt) {
    String bucket = account.output("Bucket");
    return switch (attempt.action()) {
      case "s3:GetObject" -> by.s3().getObjectAsBytes(r -> r.bucket(bucket).key(attempt.name()));
      case "s3:PutObject" -> by.s3().putObject(put(bucket, attempt), RequestBody.fromString("x"));
      case "s3:UploadPart" ->
          by.s3()
              .uploadPart(
                  r -> r.bucket(bucket).key(attempt.name()).uploadId("x").partNumber(1),
                  RequestBody.fromString("x"));
      case "s3:CompleteMultipartUpload" ->
          by.s3().completeMultipartUpload(complete(bucket, attempt));
      case "s3:PutObjectTagging" ->
          by.s3()
              .putObjectTagging(r ->
                  r.bucket(bucket)
                      .key(attempt.name())
                      .tagging(t -> t.tagSet(tag -> tag.key("rengo-expires").value("true"))));
      case "s3:DeleteObject" -> by.s3().deleteObject(r -> r.bucket(bucket).key(attempt.name()));
      case "s3:ListBucket" -> by.s3().listObjectsV2(r -> r.bucket(bucket));
      case "s3:ListBucketVersions" -> by.s3().listObjectVersions(r -> r.bucket(bucket));
      case "s3:GetBucketPolicy" -> by.s3().getBucketPolicy(r -> r.bucket(bucket));
      case "s3:PutBucketPolicy" -> by.s3().putBucketPolicy(r -> r.bucket(bucket).policy(ANYTHING));
      default -> throw unknown(attempt);
    };
  }

  private static PutObjectRequest put(String bucket, Attempt attempt) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(bucket).key(attempt.name());
    return attempt.on().startsWith("new ") ? request.ifNoneMatch("*").build() : request.build();
  }

  private static CompleteMultipartUploadRequest complete(String bucket, Attempt attempt) {
    var request =
        CompleteMultipartUploadRequest.builder()
            .bucket(bucket)
            .key(attempt.name())
            .uploadId("x")
            .multipartUpload(upload -> upload.parts(part -> part.partNumber(1).eTag("x")));
    return attempt.on().startsWith("new ") ? request.ifNoneMatch("*").build() : request.build();
  }

  private Object queues(Caller by, Attempt attempt) {
    String queue = account.owner().endpoint() + "/000000000000/" + attempt.name();
    return switch (attempt.action()) {
      case "sqs:ReceiveMessage" ->
          by.sqs().receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(0));
      case "sqs:SendMessage" -> by.sqs().sendMessage(r -> r.queueUrl(queue).messageBody("x"));
      case "sqs:DeleteMessage" -> by.sqs().deleteMessage(r -> r.queueUrl(queue).receiptHandle("x"));
      case "sqs:ChangeMessageVisibility" ->
          by.sqs()
              .changeMessageVisibility(
                  r -> r.queueUrl(queue).receiptHandle("x").visibilityTimeout(1));
      case "sqs:PurgeQueue" -> by.sqs().purgeQueue(r -> r.queueUrl(queue));
      default -> throw unknown(attempt);
    };
  }

  private Object keys(Caller by, Attempt attempt) {
    String key = key(attempt.on());
    Map<String, String> context = context(attempt);
    return switch (attempt.action()) {
      case "kms:GenerateDataKey" ->
          by.kms().generateDataKey(r -> r.keyId(key).keySpec("AES_256").encryptionContext(context));
      case "kms:Decrypt" ->
          by.kms()
              .decrypt(r -> r.keyId(key).ciphertextBlob(blob(attempt)).encryptionContext(context));
      case "kms:Encrypt" ->
          by.kms()
              .encrypt(r ->
                  r.keyId(key).plaintext(SdkBytes.fromUtf8String("x")).encryptionContext(context));
      case "kms:Sign" ->
          by.kms()
              .sign(r ->
                  r.keyId(key)
                      .message(SdkBytes.fromUtf8String("x"))
                      .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256));
      case "kms:CreateGrant" ->
          by.kms()
              .createGrant(r ->
                  r.keyId(key)
                      .granteePrincipal("arn:aws:iam::000000000000:root")
                      .operationsWithStrings("Decrypt"));
      case "kms:PutKeyPolicy" -> by.kms().putKeyPolicy(r -> r.keyId(key).policy(ANYTHING));
      default -> throw unknown(attempt);
    };
  }

  private SdkBytes blob(Attempt attempt) {
    if (attempt.on().startsWith("the data key")) {
      return underDataKey;
    }
    return attempt.on().endsWith("of another federation") ? ofAnotherFederation : wrapped;
  }

  private static Map<String, String> context(Attempt attempt) {
    if (!attempt.on().contains(" as `")) {
      return Map.of();
    }
    boolean other = attempt.on().endsWith("of another federation");
    return context(other ? "other" : Account.FEDERATION, attempt.name());
  }

  private static Map<String, String> context(String federation, String member) {
    return new KeyContext(federation, "j", 1, member).asMap();
  }

  private String key(String words) {
    String output =
        words.startsWith("the updates' key")
            ? "FnGetAttUpdatesKey"
            : words.startsWith("the signing key") ? "FnGetAttSigningKey" : "FnGetAttDataKey";
    return account.outputs().entrySet().stream()
        .filter(entry -> entry.getKey().contains(output))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private Object records(Caller by, Attempt attempt) {
    String table = account.output("Table");
    AttributeValue x = AttributeValue.fromS("x");
    Map<String, AttributeValue> key = Map.of("pk", x, "sk", x);
    return switch (attempt.action()) {
      case "dynamodb:GetItem" -> by.records().getItem(r -> r.tableName(table).key(key));
      case "dynamodb:Query" ->
          by.records()
              .query(r ->
                  r.tableName(table)
                      .keyConditionExpression("pk = :x")
                      .expressionAttributeValues(Map.of(":x", x)));
      case "dynamodb:Scan" -> by.records().scan(r -> r.tableName(table));
      case "dynamodb:PutItem" -> by.records().putItem(r -> r.tableName(table).item(key));
      case "dynamodb:UpdateItem" -> by.records().updateItem(r -> r.tableName(table).key(key));
      case "dynamodb:DeleteItem" -> by.records().deleteItem(r -> r.tableName(table).key(key));
      default -> throw unknown(attempt);
    };
  }

  private Object executions(Caller by, Attempt attempt) {
    String machine = "arn:aws:states:us-east-1:000000000000:stateMachine:" + attempt.name();
    String execution = machine.replace(":stateMachine:", ":execution:") + ":x";
    return switch (attempt.action()) {
      case "states:StartExecution" -> by.sfn().startExecution(r -> r.stateMachineArn(machine));
      case "states:StopExecution" -> by.sfn().stopExecution(r -> r.executionArn(execution));
      case "states:DescribeExecution" -> by.sfn().describeExecution(r -> r.executionArn(execution));
      case "states:SendTaskSuccess" ->
          by.sfn().sendTaskSuccess(r -> r.taskToken(machine + "#x").output("{}"));
      default -> throw unknown(attempt);
    };
  }

  private Object identities(Caller by, Attempt attempt) {
    String role = roles.arn(attempt.name());
    String name = role.replaceFirst(".*/", "");
    return switch (attempt.action()) {
      case "sts:AssumeRole" ->
          by.sts()
              .assumeRole(r ->
                  r.roleArn(role)
                      .roleSessionName("x")
                      .externalId(Roles.externalId(attempt.name())));
      case "iam:PutRolePolicy" ->
          by.iam().putRolePolicy(r -> r.roleName(name).policyName("x").policyDocument(ANYTHING));
      case "iam:UpdateAssumeRolePolicy" ->
          by.iam().updateAssumeRolePolicy(r -> r.roleName(name).policyDocument(ANYTHING));
      default -> throw unknown(attempt);
    };
  }

  private static IllegalArgumentException unknown(Attempt attempt) {
    return new IllegalArgumentException("nobody knows how to try " + attempt);
  }
}
