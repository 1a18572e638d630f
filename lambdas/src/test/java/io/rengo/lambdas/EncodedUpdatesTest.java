package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.core.Layout;
import io.rengo.core.codec.Float32;
import io.rengo.core.codec.Int8;
import io.rengo.core.codec.TopK;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Refusal;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Updates in a job's encoding are checked, and any shard of them is read alone.
class EncodedUpdatesTest {
  /// Three shards of 5 MiB and a bit.
  private static final String LARGE =
      """
      seed: 5
      model: {kind: tensors, tensors: [{name: w, shape: [3000, 1000], init: zeros}]}
      rounds: {count: 1, quorum: 1}
      aggregation: {shard-bytes: 5242880}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{kind: bfloat16}",
        "{kind: int8, block: 1000}",
        "{kind: top-k, share: 0.4}",
        "{kind: random-k, share: 0.4}",
        "{kind: sign}"
      })
  void shardsOfAnUpdateAreThoseOfTheWhole(String encoding) {
    Layout layout = layout(JobByHand.started(LARGE));
    float[] values = new float[Math.toIntExact(layout.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    JobByHand job = JobByHand.started(LARGE + "encoding: " + encoding);
    job.open(1);
    job.deliver(TestUpdate.of(job.place, 1, "ann", values).send());
    job.close(1);
    PlanTiles.Output output = job.plan(1, 0, List.of());
    Plan plan = Plan.load(job.place.objects, output.plan());
    Rows rows = new Rows(job.place.objects, job.place.ports.keys());
    Plan.Row row = plan.rows().getFirst();
    ByteBuffer whole = rows.read(row, 0, values.length);

    assertThat(output.shards()).isEqualTo(3);
    for (int shard = 0; shard < output.shards(); shard++) {
      long begin = plan.shards().begin(shard);
      int length = plan.shards().length(shard);
      assertThat(rows.read(row, begin, length))
          .isEqualTo(whole.slice(Math.toIntExact(begin) * Float.BYTES, length * Float.BYTES));
    }
  }

  @Test
  void payloadInAnotherEncodingIsRefused() {
    assertThat(
            refusal(
                "{kind: int8}",
                (layout, values) -> TestUpdate.encoded(layout, new Float32(), 1, values)))
        .isEqualTo(ErrorCode.ENCODING_MISMATCH);
    assertThat(
            refusal(
                "{kind: int8, block: 16}",
                (layout, values) -> TestUpdate.encoded(layout, new TopK(0.5), 1, values)))
        .isEqualTo(ErrorCode.ENCODING_MISMATCH);
    assertThat(
            refusal(
                "{kind: float32}",
                (layout, values) -> TestUpdate.encoded(layout, new Int8(16), 1, values)))
        .isEqualTo(ErrorCode.LAYOUT_MISMATCH);
  }

  @Test
  void payloadWithBrokenCountsOrScalesIsRefused() {
    assertThat(
            refusal(
                "{kind: top-k, share: 0.5}",
                (layout, values) -> {
                  ByteBuffer payload = TestUpdate.encoded(layout, new TopK(0.5), 1, values);
                  return payload.putShort(payload.limit() - 2, (short) -1);
                }))
        .isEqualTo(ErrorCode.ENCODING_INVALID);
    assertThat(
            refusal(
                "{kind: int8}",
                (layout, values) -> {
                  values[0] = Float.NaN;
                  return TestUpdate.encoded(layout, new Int8(1024), 1, values);
                }))
        .isEqualTo(ErrorCode.ENCODING_INVALID);
  }

  private static Layout layout(JobByHand job) {
    return Job.load(job.place.ports, Place.JOB).layout();
  }

  private interface Payload {
    ByteBuffer of(Layout layout, float[] values);
  }

  private static ErrorCode refusal(String encoding, Payload payload) {
    JobByHand job = JobByHand.started(JobByHand.SMALL + "encoding: " + encoding);
    job.open(1);
    Layout layout = layout(job);
    float[] values = new float[Math.toIntExact(layout.size())];
    job.deliver(TestUpdate.of(job.place, 1, "ann").payload(payload.of(layout, values)).send());
    assertThat(job.place.refusals(1)).hasSize(1);
    return job.place.refusals(1).stream().map(Refusal::code).findFirst().orElseThrow();
  }
}
