package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.core.MetricSums;
import io.rengo.core.aggregation.Decision;
import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.SampledGaussian;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final MetricSums METRICS =
      new MetricSums(3, 1.5, 0, new long[][] {{1, 0}, {1, 1}});
  private static final ModelRef MODEL = new ModelRef(4, "jobs/j/models/4", 1024, "lh", "h");
  private static final JobSpec SPEC =
      JobFile.parse("model: {kind: mlp, layers: [4, 2]}", "job.yaml");
  private static final UpdateManifest MANIFEST =
      new UpdateManifest(
          1,
          "j",
          7,
          "alice",
          4,
          "lh",
          Optional.of(new UpdateManifest.Payload("ab".repeat(32), 12)),
          3,
          2,
          0.5,
          METRICS,
          1.5);

  static Stream<Record> messages() {
    return Stream.of(
        MANIFEST,
        new UpdateManifest(1, "j", 7, "a", 4, "lh", Optional.empty(), 3, 0, 0, MetricSums.ZERO, 0),
        new Task(
            1,
            "fed",
            "j",
            7,
            "alice",
            Purpose.TRAIN,
            MODEL,
            SPEC.model(),
            SPEC.training(),
            new UpdateSpec(SPEC.algorithm(), SPEC.encoding(), 6),
            Long.MIN_VALUE,
            NOW,
            5,
            1L << 26,
            new Trust(true, false),
            Optional.empty()),
        new Task(
            1,
            "fed",
            "j",
            7,
            "alice",
            Purpose.EVALUATE,
            MODEL,
            new ModelSpec.Tensors(List.of(new ModelSpec.Tensors.Tensor("w", List.of(2), "he"))),
            SPEC.training(),
            new UpdateSpec(SPEC.algorithm(), SPEC.encoding(), 6),
            1,
            NOW,
            1,
            1L << 26,
            Trust.NONE,
            Optional.empty()),
        MODEL,
        new AcceptedUpdate(
            "alice",
            "etag",
            "key",
            12,
            Optional.of(new KeyContext("fed", "j", 7, "alice")),
            8,
            3,
            2,
            0.1,
            METRICS,
            1.5,
            7,
            4),
        new Refusal("mallory", ErrorCode.MEMBER_UNKNOWN, "the federation has no such member"),
        new RoundRecord(Purpose.TRAIN, true, 4, 10, 8, 2, 3, 1, NOW, Optional.of("token")),
        new RoundRecord(Purpose.EVALUATE, false, 4, 10, 8, 2, 3, 1, NOW, Optional.empty()),
        new RoundReport(
            7,
            Purpose.TRAIN,
            RoundReport.Outcome.PUBLISHED,
            10,
            8,
            1,
            List.of(new Refusal("a", ErrorCode.NON_FINITE, "NaN")),
            Optional.of(0.5),
            Optional.empty(),
            Optional.of(0.9),
            Optional.empty(),
            12,
            1.5,
            MODEL,
            Optional.of("why"),
            List.of(
                new UpdateScore(
                    "a",
                    Decision.REDUCED,
                    0.25,
                    "norm 3 clipped to 1",
                    Optional.of(3.0),
                    Optional.of(4.5),
                    Optional.empty(),
                    Optional.of(-0.5),
                    Optional.of("b"),
                    Optional.of(0.75),
                    Optional.of(-0.1))),
            Optional.of(
                new PrivacyReport(
                    PrivacySpec.Mechanism.CENTRAL,
                    "client",
                    Adjacency.ADD_REMOVE,
                    1e-6,
                    0.1,
                    1.1,
                    0.5,
                    3,
                    0.25))),
        PrivacyLedger.empty()
            .limited(new PrivacyLedger.Limit(3, 1e-6, Adjacency.REPLACE))
            .limited("a", new PrivacyLedger.Limit(2, 1e-6, Adjacency.ADD_REMOVE))
            .reserve("j", 4, new SampledGaussian(0.1, 1.1, 1)),
        new Progress(
            "j",
            Progress.State.RUNNING,
            -1,
            NOW,
            7,
            6,
            1,
            true,
            false,
            MODEL,
            Optional.of(0.9),
            Optional.empty()));
  }

  private static Record read(JsonNode json, Record like) {
    return Json.read(json, like.getClass(), "test");
  }

  private static RengoException refused(JsonNode json, Record like) {
    return catchThrowableOfType(RengoException.class, () -> read(json, like));
  }

  private static ObjectNode tree(Record message) {
    return (ObjectNode) Json.tree(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void message_isTheSameAfterWritingAndReading(Record message) {
    assertThat(Json.read(Json.write(message), message.getClass(), "test")).isEqualTo(message);
    assertThat(Json.read(Json.bytes(message), message.getClass(), "test")).isEqualTo(message);
    assertThat(read(Json.tree(message), message)).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void unknownField_isRefused(Record message) {
    RengoException error = refused(tree(message).put("surprise", 1), message);
    assertThat(error.code()).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(error.what()).contains("surprise");
    assertThat(error.where()).isEqualTo("test");
  }

  @ParameterizedTest
  @MethodSource("messages")
  void missingField_isRefused(Record message) {
    tree(message)
        .properties()
        .forEach(field -> {
          ObjectNode without = tree(message);
          without.remove(field.getKey());
          assertThat(refused(without, message)).as(field.getKey()).isNotNull();
        });
  }

  @ParameterizedTest
  @MethodSource("messages")
  void nullWhereAValueMustBe_isRefused(Record message) {
    tree(message).properties().stream()
        .filter(field -> field.getValue().isNumber() || field.getValue().isTextual())
        .filter(field -> !field.getKey().matches("token|reason|loss|accuracy"))
        .forEach(field ->
            assertThat(refused(tree(message).putNull(field.getKey()), message))
                .as(field.getKey())
                .isNotNull());
  }

  @Test
  void repeatedField_isRefused() {
    String twice = Json.write(MODEL).replaceFirst("\\{", "{\"version\":4,");
    assertThat(
            catchThrowableOfType(
                    RengoException.class, () -> Json.read(twice, ModelRef.class, "test"))
                .what())
        .contains("version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "1", "\"text\"", "{}", "{} {}", "\0"})
  void otherText_isRefused(String text) {
    assertThat(catchThrowable(() -> Json.read(text, UpdateManifest.class, "test")))
        .isInstanceOf(RengoException.class);
  }

  @Test
  void taskOfAnotherVersion_saysWhatToDo() {
    Record task = messages().filter(Task.class::isInstance).findFirst().orElseThrow();
    RengoException error = refused(tree(task).put("version", 2), task);
    assertThat(error.code()).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(error.what()).contains("version 2").contains("version 1");
    assertThat(error.mend()).contains("same version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void notFiniteNumber_isReadForTheReceiverToJudge(String number) {
    for (String written : List.of(number, '"' + number + '"')) {
      String text = Json.write(MANIFEST).replace("\"loss\":0.5", "\"loss\":" + written);
      assertThat(Json.read(text, UpdateManifest.class, "test").loss())
          .isEqualTo(Double.valueOf(number));
    }
    double value = Double.parseDouble(number);
    Refusable metrics = new Refusable(new MetricSums(1, value, value, new long[0][]));
    assertThat(Json.read(Json.write(metrics), Refusable.class, "test")).isEqualTo(metrics);
  }

  private record Refusable(MetricSums metrics) {}

  @Test
  void numberTooLargeForADouble_isInfinite() {
    String text = Json.write(MANIFEST).replace("\"loss\":0.5", "\"loss\":1e999");
    assertThat(Json.read(text, UpdateManifest.class, "test").loss())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"examples\":\"3\"",
        "\"examples\":null",
        "\"examples\":[3]",
        "\"examples\":true",
        "\"examples\":1e300",
        "\"examples\":99999999999999999999",
        "\"examples\":-1e999"
      })
  void examplesThatAreNoNumber_areRefused(String field) {
    String text = Json.write(MANIFEST).replaceFirst("\"examples\":3", field);
    assertThat(catchThrowable(() -> Json.read(text, UpdateManifest.class, "test")))
        .isInstanceOf(RengoException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "", "ABCD", "abab"})
  void payloadHashThatIsNone_isRefused(String hash) {
    String text = Json.write(MANIFEST).replace("ab".repeat(32), hash);
    RengoException error =
        catchThrowableOfType(
            RengoException.class, () -> Json.read(text, UpdateManifest.class, "test"));
    assertThat(error.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
  }

  /// Whatever a member sends, it is read or refused: no other exception comes out.
  @Test
  void damagedManifest_isReadOrRefused() {
    byte[] whole = Json.write(MANIFEST).getBytes(StandardCharsets.UTF_8);
    String spice = "{}[]\",:0123456789.-eNnull\0\u00ff\\";
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 3_000; i++) {
      byte[] damaged = whole.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        damaged[random.nextInt(damaged.length)] =
            (byte) spice.charAt(random.nextInt(spice.length()));
      }
      ByteBuffer bytes = ByteBuffer.wrap(damaged, 0, 1 + random.nextInt(damaged.length));
      Throwable thrown =
          catchThrowable(() -> Json.read(bytes.slice(), UpdateManifest.class, "test"));
      assertThat(thrown == null || thrown instanceof RengoException)
          .as("%s of %s", thrown, new String(damaged, StandardCharsets.UTF_8))
          .isTrue();
    }
  }

  @Test
  void deepNesting_isRefused() {
    String text = "[".repeat(100_000);
    assertThat(catchThrowable(() -> Json.read(text, JsonNode.class, "test")))
        .isInstanceOf(RengoException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[null]", "[[null]]", "[[1,0]]", "[[-1]]", "{}", "[[1.5]]"})
  void oddConfusion_isReadOrRefused(String confusion) {
    String text = Json.write(MANIFEST).replace("[[1,0],[1,1]]", confusion);
    Throwable thrown = catchThrowable(() -> Json.read(text, UpdateManifest.class, "test"));
    assertThat(thrown == null || thrown instanceof RengoException).as("%s", thrown).isTrue();
  }
}
