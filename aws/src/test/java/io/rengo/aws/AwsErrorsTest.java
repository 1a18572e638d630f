package io.rengo.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.aws.FakeAws.Answer;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.Collections;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AwsErrorsTest {
  @Test
  void a_refusal_of_the_credentials_is_access_denied() {
    assertS3(Answer.xml(403, "AccessDenied"), ErrorCode.ACCESS_DENIED);
    assertS3(Answer.xml(403, "InvalidAccessKeyId"), ErrorCode.ACCESS_DENIED);
    assertS3(Answer.xml(400, "ExpiredToken"), ErrorCode.ACCESS_DENIED);
    assertDynamoDb("UnrecognizedClientException", ErrorCode.ACCESS_DENIED);
    assertDynamoDb("AccessDeniedException", ErrorCode.ACCESS_DENIED);
  }

  @Test
  void a_refusal_without_a_code_is_access_denied() {
    assertAnswer(
        new Answer(403, Map.of(), ""),
        ErrorCode.ACCESS_DENIED,
        clients -> clients.s3().headObject(r -> r.bucket("bucket").key("key")));
  }

  @Test
  void an_absent_resource_is_a_wrong_configuration() {
    assertS3(Answer.xml(404, "NoSuchBucket"), ErrorCode.CONFIG_INVALID);
    assertDynamoDb("ResourceNotFoundException", ErrorCode.CONFIG_INVALID);
  }

  @Test
  void what_may_pass_is_unavailable() {
    assertS3(Answer.xml(503, "SlowDown"), ErrorCode.SERVICE_UNAVAILABLE);
    assertS3(Answer.xml(500, "InternalError"), ErrorCode.SERVICE_UNAVAILABLE);
    assertS3(Answer.lost(), ErrorCode.SERVICE_UNAVAILABLE);
    assertDynamoDb("ThrottlingException", ErrorCode.SERVICE_UNAVAILABLE);
  }

  @Test
  void writers_that_meet_too_often_are_a_conflict() {
    assertDynamoDb("TransactionConflictException", ErrorCode.CONFLICT);
    assertS3(Answer.xml(409, "ConditionalRequestConflict"), ErrorCode.CONFLICT);
  }

  @Test
  void what_the_service_does_not_accept_is_a_wrong_message() {
    assertDynamoDb("ValidationException", ErrorCode.MESSAGE_INVALID);
  }

  @Test
  void an_endpoint_where_nothing_answers_is_unavailable() {
    AwsClients clients =
        new AwsClients(
            Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test"));

    assertCode(() -> clients.sqs().listQueues(), ErrorCode.SERVICE_UNAVAILABLE);
  }

  private static void assertS3(Answer answer, ErrorCode code) {
    assertAnswer(answer, code, clients -> clients.s3().listBuckets());
  }

  private static void assertDynamoDb(String error, ErrorCode code) {
    String body = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + error + "\"}";
    assertAnswer(Answer.json(400, body), code, clients -> clients.dynamoDb().listTables());
  }

  private static void assertAnswer(
      Answer answer, ErrorCode code, Function<AwsClients, Object> call) {
    try (FakeAws aws = new FakeAws(Collections.nCopies(4, answer).toArray(Answer[]::new))) {
      AwsClients clients = aws.clients();
      assertCode(() -> call.apply(clients), code);
    }
  }

  private static void assertCode(Supplier<Object> call, ErrorCode code) {
    assertThatThrownBy(() -> AwsErrors.translated("here", call))
        .isInstanceOfSatisfying(
            RengoException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.where()).isEqualTo("here");
              assertThat(e.mend()).isNotBlank();
            });
  }
}
