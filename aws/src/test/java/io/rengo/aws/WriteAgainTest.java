package io.rengo.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.aws.FakeAws.Answer;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.Put;
import io.rengo.protocol.RecordStore;
import io.rengo.protocol.RecordStore.Change.Create;
import io.rengo.protocol.RecordStore.RecordKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a write does when its answer is lost, so that the SDK tries it again and its own condition
/// refuses it, and when it meets another writer in the middle.
class WriteAgainTest {
  private static final String SHA256_OF_HELLO = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
  private static final Pattern WRITER = Pattern.compile("\"writer\":\\{\"S\":\"([^\"]+)\"}");
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @Test
  void a_put_finds_its_own_content() {
    try (FakeAws aws =
        new FakeAws(Answer.lost(), Answer.xml(412, "PreconditionFailed"), head(SHA256_OF_HELLO))) {
      assertThat(store(aws).putOnce("key", hello())).isEqualTo(Put.STORED);
    }
  }

  @Test
  void a_put_finds_the_content_of_another() {
    String other = "A" + SHA256_OF_HELLO.substring(1);
    try (FakeAws aws =
        new FakeAws(Answer.lost(), Answer.xml(412, "PreconditionFailed"), head(other))) {
      assertThat(store(aws).putOnce("key", hello())).isEqualTo(Put.ALREADY_THERE);
    }
  }

  @Test
  void a_put_that_was_refused_at_once_does_not_look() {
    try (FakeAws aws = new FakeAws(Answer.xml(412, "PreconditionFailed"))) {
      assertThat(store(aws).putOnce("key", hello())).isEqualTo(Put.ALREADY_THERE);
    }
  }

  @Test
  void a_put_that_met_another_is_tried_again() {
    try (FakeAws aws =
        new FakeAws(
            Answer.xml(409, "ConditionalRequestConflict"),
            Answer.xml(409, "ConditionalRequestConflict"),
            new Answer(200, Map.of("ETag", "\"1\""), ""))) {
      assertThat(store(aws).putOnce("key", hello())).isEqualTo(Put.STORED);
    }
  }

  @Test
  void a_commit_finds_its_own_record() {
    try (FakeAws aws = new FakeAws(Answer.lost(), request -> refused(writer(request)))) {
      assertThat(create(aws)).isTrue();
    }
  }

  @Test
  void a_commit_finds_the_record_of_another() {
    try (FakeAws aws = new FakeAws(Answer.lost(), refused("another"))) {
      assertThat(create(aws)).isFalse();
    }
  }

  @Test
  void a_commit_that_met_another_is_tried_again() {
    try (FakeAws aws =
        new FakeAws(error("TransactionConflictException", ""), Answer.json(200, "{}"))) {
      assertThat(create(aws)).isTrue();
    }
  }

  @Test
  void a_transaction_that_met_another_is_tried_again() {
    try (FakeAws aws =
        new FakeAws(
            cancelled("TransactionConflict"),
            cancelled("ThrottlingError"),
            Answer.json(200, "{}"))) {
      assertThat(createTwo(aws)).isTrue();
    }
  }

  @Test
  void a_transaction_whose_condition_fails_is_not() {
    try (FakeAws aws = new FakeAws(cancelled("ConditionalCheckFailed"))) {
      assertThat(createTwo(aws)).isFalse();
    }
  }

  private static boolean createTwo(FakeAws aws) {
    return records(aws).commit(List.of(create("a"), create("b")));
  }

  private static boolean create(FakeAws aws) {
    return records(aws).commit(List.of(create("a")));
  }

  private static RecordStore.Change create(String sort) {
    return new Create(new RecordKey("p", sort), "{}");
  }

  private static RecordStore records(FakeAws aws) {
    return new DynamoRecordStore(aws.clients().dynamoDb(), "table", CLOCK);
  }

  private static Answer cancelled(String reason) {
    return error(
        "TransactionCanceledException",
        ", \"CancellationReasons\": [{\"Code\": \"None\"}, {\"Code\": \"" + reason + "\"}]");
  }

  private static Answer refused(String writer) {
    return error(
        "ConditionalCheckFailedException", ", \"Item\": {\"writer\": {\"S\": \"" + writer + "\"}}");
  }

  private static Answer error(String code, String more) {
    return Answer.json(
        400, "{\"__type\": \"com.amazonaws.dynamodb.v20120810#" + code + "\"" + more + "}");
  }

  private static String writer(String request) {
    Matcher matcher = WRITER.matcher(request);
    assertThat(matcher.find()).as(request).isTrue();
    return matcher.group(1);
  }

  private static Answer head(String sha256) {
    return new Answer(
        200, Map.of("ETag", "\"1\"", "x-amz-checksum-sha256", sha256, "Content-Length", "5"), "");
  }

  private static ObjectStore store(FakeAws aws) {
    return new S3ObjectStore(aws.clients().s3(), "bucket");
  }

  private static ByteBuffer hello() {
    return ByteBuffer.wrap("hello".getBytes(UTF_8));
  }
}
