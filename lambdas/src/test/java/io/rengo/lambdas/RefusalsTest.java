package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.core.TensorSpec;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.Refusal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every update that must not count is refused with its own code, is recorded, and the round goes
/// on without it.
class RefusalsTest {
  private final JobByHand job = JobByHand.started(JobByHand.SMALL);
  private final Place place = job.place;

  private static Arguments spoilt(String how, ErrorCode code, UnaryOperator<TestUpdate> spoil) {
    return Arguments.of(how, code, spoil);
  }

  private static ByteBuffer cut(ByteBuffer payload, int bytes) {
    return payload.slice(0, payload.remaining() - bytes);
  }

  private static ByteBuffer longer(ByteBuffer payload, int bytes) {
    return ByteBuffer.allocate(payload.remaining() + bytes).put(payload.duplicate()).rewind();
  }

  private static ByteBuffer changed(ByteBuffer payload, int at, int value) {
    return longer(payload, 0).put(at, (byte) value);
  }

  private static ByteBuffer of(Layout layout) {
    return Safetensors.write(layout, Map.of(), new float[Math.toIntExact(layout.size())]);
  }

  static Stream<Arguments> spoilt() {
    Layout other =
        new Layout(
            List.of(
                new TensorSpec("layers.0.kernel", List.of(2, 3)),
                new TensorSpec("layers.0.bias", List.of(2))));
    Layout shorter = new Layout(List.of(new TensorSpec("layers.0.kernel", List.of(3, 2))));
    return Stream.of(
        spoilt("NaN loss", ErrorCode.NON_FINITE, u -> u.manifest(m -> m.put("loss", Double.NaN))),
        spoilt(
            "infinite metric",
            ErrorCode.NON_FINITE,
            u -> u.manifest(m -> m.withObject("evaluation").put("loss", "Infinity"))),
        spoilt(
            "infinite time",
            ErrorCode.NON_FINITE,
            u -> u.manifest(m -> m.put("seconds", Double.POSITIVE_INFINITY))),
        spoilt(
            "wrong layout hash",
            ErrorCode.LAYOUT_MISMATCH,
            u -> u.manifest(m -> m.put("layoutHash", "0".repeat(64)))),
        spoilt("tensors of another shape", ErrorCode.LAYOUT_MISMATCH, u -> u.payload(of(other))),
        spoilt("a tensor too few", ErrorCode.LAYOUT_MISMATCH, u -> u.payload(of(shorter))),
        spoilt(
            "data longer than the header says",
            ErrorCode.PAYLOAD_INVALID,
            u -> u.payload(longer(u.payload(), 8))),
        spoilt(
            "data shorter than the header says",
            ErrorCode.PAYLOAD_INVALID,
            u -> u.payload(cut(u.payload(), 4))),
        spoilt(
            "fewer bytes than the manifest says",
            ErrorCode.PAYLOAD_TRUNCATED,
            u -> u.stored(cut(u.payload(), 4))),
        spoilt(
            "more bytes than the manifest says",
            ErrorCode.PAYLOAD_OVERSIZED,
            u -> u.stored(longer(u.payload(), 1))),
        spoilt(
            "more bytes than any update may have",
            ErrorCode.PAYLOAD_OVERSIZED,
            u -> u.payload(ByteBuffer.allocate(Safetensors.MAX_HEADER + 100))),
        spoilt(
            "payload with another hash",
            ErrorCode.PAYLOAD_HASH,
            u -> u.stored(changed(u.payload(), u.payload().limit() - 1, 1))),
        spoilt(
            "header that is no JSON",
            ErrorCode.PAYLOAD_INVALID,
            u -> u.payload(changed(u.payload(), 8, 'x'))),
        spoilt(
            "header of a length beyond the file",
            ErrorCode.PAYLOAD_INVALID,
            u -> u.payload(changed(u.payload(), 2, 1))),
        spoilt("empty payload", ErrorCode.PAYLOAD_INVALID, u -> u.payload(ByteBuffer.allocate(0))),
        spoilt(
            "a member that does not do the task",
            ErrorCode.MEMBER_DECLINED,
            u -> u.manifest(m -> m.put("declined", "POLICY_REFUSED"))),
        spoilt("no payload", ErrorCode.PAYLOAD_MISSING, u -> u.manifest(m -> m.putNull("payload"))),
        spoilt(
            "hash that is a path",
            ErrorCode.MANIFEST_INVALID,
            u -> u.manifest(m -> m.withObject("payload").put("sha256", "../bob/x"))),
        spoilt("no examples", ErrorCode.EXAMPLE_COUNT, u -> u.manifest(m -> m.put("examples", 0))),
        spoilt(
            "negative examples",
            ErrorCode.EXAMPLE_COUNT,
            u -> u.manifest(m -> m.put("examples", -5))),
        spoilt(
            "examples beyond all sense",
            ErrorCode.EXAMPLE_COUNT,
            u -> u.manifest(m -> m.put("examples", Long.MAX_VALUE))),
        spoilt(
            "confusion that counts no rows",
            ErrorCode.MANIFEST_INVALID,
            u -> u.manifest(m -> m.withObject("evaluation").put("examples", 5))),
        spoilt("manifest that is no JSON", ErrorCode.MANIFEST_INVALID, u -> u.text("{")),
        spoilt("manifest that is null", ErrorCode.MANIFEST_INVALID, u -> u.text("null")),
        spoilt("empty manifest", ErrorCode.MANIFEST_INVALID, u -> u.text(" ")),
        spoilt(
            "unknown field",
            ErrorCode.MANIFEST_INVALID,
            u -> u.manifest(m -> m.put("weight", 1e9))),
        spoilt(
            "oversized manifest",
            ErrorCode.MANIFEST_INVALID,
            u -> u.text("{" + " ".repeat(1 << 20) + "}")),
        spoilt(
            "manifest of another member",
            ErrorCode.MANIFEST_INVALID,
            u -> u.manifest(m -> m.put("member", "bob"))),
        spoilt(
            "manifest of another version",
            ErrorCode.MANIFEST_INVALID,
            u -> u.manifest(m -> m.put("version", 2))),
        spoilt(
            "update to another model",
            ErrorCode.MANIFEST_INVALID,
            u -> u.manifest(m -> m.put("baseVersion", 3))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spoilt")
  void a_spoilt_update_is_refused_and_the_round_goes_on(
      String how, ErrorCode code, UnaryOperator<TestUpdate> spoil) {
    job.open(1);
    job.deliver(spoil.apply(TestUpdate.of(place, 1, "ann")).send());
    assertThat(place.refusals(1)).extracting(Refusal::code).containsExactly(code);
    assertThat(place.refusals(1).getFirst().what()).isNotBlank();
    job.answer(1, List.of("bob", "cid"));
    assertThat(place.workflow.woken).as("all have answered").containsExactly("token-1");
    assertThat(job.close(1).accepted()).isEqualTo(2);
    assertThat(job.aggregate(1).refusals()).isEqualTo(place.refusals(1));
  }

  @Test
  void a_payload_that_is_not_there() {
    job.open(1);
    job.deliver(TestUpdate.of(place, 1, "ann").sendManifest());
    assertThat(place.refusals(1))
        .extracting(Refusal::code)
        .containsExactly(ErrorCode.PAYLOAD_MISSING);
  }

  @Test
  void a_manifest_that_is_gone() {
    job.open(1);
    job.deliver(Events.message("m", Events.created(Place.KEYS.manifest(1, "ann"), "etag")));
    assertThat(place.refusals(1))
        .extracting(Refusal::code)
        .containsExactly(ErrorCode.MANIFEST_INVALID);
  }

  @Test
  void an_unknown_member() {
    job.open(1);
    job.deliver(TestUpdate.of(place, 1, "eve").send());
    assertThat(place.refusals(1))
        .containsExactly(
            new Refusal("eve", ErrorCode.MEMBER_UNKNOWN, "the federation has no such member"));
    assertThat(place.round(1).refused()).as("is waited for").isZero();
  }

  @Test
  void a_member_that_is_not_in_the_cohort() {
    JobByHand sampled = JobByHand.started(JobByHand.SMALL + "cohort: {rule: uniform, size: 2}\n");
    sampled.open(1);
    List<String> cohort = Cohort.load(sampled.place.objects, Place.KEYS.cohort(1)).members();
    String left = Place.MEMBERS.stream().filter(m -> !cohort.contains(m)).findFirst().orElseThrow();
    sampled.deliver(TestUpdate.of(sampled.place, 1, left).send());
    assertThat(sampled.place.refusals(1))
        .extracting(Refusal::code)
        .containsExactly(ErrorCode.NOT_IN_COHORT);
    sampled.answer(1, cohort);
    assertThat(sampled.close(1).accepted()).isEqualTo(2);
  }

  @Test
  void an_update_to_a_closed_round() {
    job.open(1);
    job.answer(1, List.of("ann", "bob"));
    job.close(1);
    var before = place.round(1);
    job.deliver(TestUpdate.of(place, 1, "cid").send());
    assertThat(place.refusals(1)).extracting(Refusal::code).containsExactly(ErrorCode.ROUND_CLOSED);
    assertThat(place.round(1)).isEqualTo(before);
    assertThat(job.close(1).accepted()).isEqualTo(2);
    assertThat(job.aggregate(1).late()).isEqualTo(1);
  }

  @Test
  void an_update_to_an_unknown_round() {
    String key = new ObjectKeys("other").manifest(4, "ann");
    job.deliver(Events.message("m", Events.created(key, "etag")));
    assertThat(place.records.list(RecordKeys.roundPartition("other", 4), RecordKeys.REFUSED))
        .hasSize(1)
        .allMatch(record ->
            Json.read(record.json(), Refusal.class, "").code() == ErrorCode.ROUND_UNKNOWN);
  }

  @Test
  void a_second_update_of_the_same_member() {
    job.open(1);
    job.deliver(TestUpdate.of(place, 1, "ann").send());
    job.deliver(TestUpdate.of(place, 1, "ann", 9).send());
    assertThat(place.refusals(1))
        .extracting(Refusal::code)
        .containsExactly(ErrorCode.UPDATE_DUPLICATE);
    assertThat(place.round(1).accepted()).isEqualTo(1);
    assertThat(place.round(1).refused()).isZero();
  }

  @Test
  void a_member_answers_once_even_by_updates_that_are_refused() {
    job.open(1);
    job.deliver(TestUpdate.of(place, 1, "ann").text("{").send());
    job.deliver(TestUpdate.of(place, 1, "ann").text("[").send());
    job.deliver(TestUpdate.of(place, 1, "ann").send());
    assertThat(place.round(1).refused()).isEqualTo(1);
    assertThat(place.round(1).accepted()).isZero();
    assertThat(place.refusals(1))
        .extracting(Refusal::code)
        .containsExactlyInAnyOrder(
            ErrorCode.MANIFEST_INVALID, ErrorCode.UPDATE_DUPLICATE, ErrorCode.UPDATE_DUPLICATE);
    job.answer(1, List.of("bob"));
    assertThat(place.workflow.woken).as("cid has not answered").isEmpty();
  }
}
