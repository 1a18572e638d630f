package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rengo.core.WeightedSum;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundReport;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldTilesTest {
  /// A job whose shards take their step where they are folded: 3,000,000 parameters in three
  /// shards.
  private static final String STEPPED = JobByHand.LARGE + "aggregation: {shard-bytes: 5242880}\n";

  private final JobByHand job = JobByHand.started(JobByHand.SMALL);
  private final Place place = job.place;

  private TestUpdate spoilt(String member, float value) {
    return spoilt(place, member, value);
  }

  private static TestUpdate spoilt(Place place, String member, float value) {
    TestUpdate update = TestUpdate.of(place, 1, member);
    ByteBuffer payload = update.payload();
    ByteBuffer changed =
        ByteBuffer.allocate(payload.remaining())
            .put(payload.duplicate())
            .putInt(
                payload.remaining() - Float.BYTES,
                Integer.reverseBytes(Float.floatToIntBits(value)))
            .rewind();
    return update.payload(changed);
  }

  @Test
  void sums_the_weighted_updates() {
    job.open(1);
    job.deliver(TestUpdate.of(place, 1, "ann", 2).manifest(m -> m.put("examples", 10)).send());
    job.deliver(TestUpdate.of(place, 1, "bob", -1).manifest(m -> m.put("examples", 30)).send());
    job.close(1);
    assertThat(job.fold(job.plan(1, 0, List.of()).plan(), 0).nonFinite()).isEmpty();
    WeightedSum sum = WeightedSum.decode(place.bytes(Place.KEYS.fold(1, 0, 0)));
    assertThat(sum.totalWeight()).isEqualTo(40);
    assertThat(sum.mean()).containsOnly(-0.25).hasSize(8);
  }

  @Test
  void the_order_in_which_updates_came_changes_no_byte() {
    job.open(1);
    job.answer(1, List.of("ann", "bob", "cid"));
    JobByHand other = JobByHand.started(JobByHand.SMALL);
    other.open(1);
    other.answer(1, List.of("cid", "bob", "ann"));
    for (JobByHand each : List.of(job, other)) {
      each.close(1);
      each.fold(each.plan(1, 0, List.of()).plan(), 0);
    }
    assertThat(other.place.bytes(Place.KEYS.fold(1, 0, 0)))
        .isEqualTo(place.bytes(Place.KEYS.fold(1, 0, 0)));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void an_update_with_a_value_that_is_not_finite_is_left_out(float value) {
    job.open(1);
    job.deliver(spoilt("bob", value).send());
    job.answer(1, List.of("ann", "cid"));
    job.close(1);
    RoundReport report = job.aggregate(1);
    assertThat(report.outcome()).isEqualTo(RoundReport.Outcome.PUBLISHED);
    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.refusals())
        .extracting(Refusal::member, Refusal::code)
        .containsExactly(tuple("bob", ErrorCode.NON_FINITE));

    JobByHand without = JobByHand.started(JobByHand.SMALL);
    without.open(1);
    without.answer(1, List.of("ann", "cid"));
    without.close(1);
    without.aggregate(1);
    assertThat(place.bytes(Place.KEYS.model(1)))
        .isEqualTo(without.place.bytes(Place.KEYS.model(1)));
  }

  @Test
  void a_step_that_was_taken_at_once_is_taken_again_without_an_update_that_is_not_finite() {
    JobByHand stepped = JobByHand.started(STEPPED);
    stepped.open(1);
    stepped.deliver(spoilt(stepped.place, "bob", Float.NaN).send());
    stepped.answer(1, List.of("ann", "cid"));
    stepped.close(1);
    String plan = stepped.plan(1, 0, List.of()).plan();
    assertThat(stepped.fold(plan, 0).parts()).as("this shard of bob's is finite").hasSize(1);
    assertThat(stepped.fold(plan, 2).nonFinite()).containsExactly("bob");
    assertThat(stepped.aggregate(1).accepted()).isEqualTo(2);

    JobByHand without = JobByHand.started(STEPPED);
    without.open(1);
    without.answer(1, List.of("ann", "cid"));
    without.close(1);
    without.aggregate(1);
    assertThat(stepped.place.bytes(Place.KEYS.model(1)))
        .isEqualTo(without.place.bytes(Place.KEYS.model(1)));
    assertThat(stepped.place.objects.list(Place.KEYS.folds(1))).isEmpty();
  }

  @Test
  void below_the_quorum_without_them_the_round_is_abandoned_and_the_model_stays() {
    ModelRef before = Job.progress(place.ports, Place.JOB).model();
    job.open(1);
    job.deliver(spoilt("ann", Float.NaN).send(), spoilt("bob", Float.NaN).send());
    job.answer(1, List.of("cid"));
    job.close(1);
    RoundReport report = job.aggregate(1);
    assertThat(report.outcome()).isEqualTo(RoundReport.Outcome.ABANDONED);
    assertThat(report.reason()).contains("QUORUM_MISSED: 1 updates, below the quorum of 2");
    Progress after = Job.progress(place.ports, Place.JOB);
    assertThat(after.model()).isEqualTo(before);
    assertThat(after.abandoned()).isEqualTo(1);
    assertThat(place.objects.head(Place.KEYS.model(1))).isEmpty();
    assertThat(job.decide().round()).isEqualTo(2);
  }
}
