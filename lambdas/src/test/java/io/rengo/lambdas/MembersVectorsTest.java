package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundReport;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The mean of the members' vectors that the server keeps for SCAFFOLD and FedDyn.
class MembersVectorsTest {
  private final JobByHand job =
      JobByHand.started(JobByHand.SMALL + "algorithm: {name: scaffold}\n");
  private final Place place = job.place;

  @Test
  void isTheirMeanOverAllMembersWhoeverTakesPart() {
    round(1, "ann", 3, "bob", 6);
    assertThat(mean(1)).isCloseTo((3 + 6) / 3.0, within(1e-12));
    round(2, "bob", 1, "cid", 2);
    assertThat(mean(2)).isCloseTo((3 + 1 + 2) / 3.0, within(1e-12));
    round(3, "ann", -1, "bob", 1);
    assertThat(mean(3)).isCloseTo((-1 + 1 + 2) / 3.0, within(1e-12));
  }

  @Test
  void ofAMemberThatLostItsOwnHoldsTheNewOneAlone() {
    round(1, "ann", 3, "bob", 6);
    round(2, "ann", 0.5, "bob", 6);

    assertThat(mean(2)).isCloseTo((0.5 + 6) / 3.0, within(1e-12));
  }

  @Test
  void countsAnUpdateThatComesTwiceOnce() {
    job.open(1);
    TestUpdate update = update(1, "ann", 3);
    job.deliver(update.send());
    job.deliver(update.send());
    job.deliver(update(1, "bob", 6).send());
    job.close(1);
    job.aggregate(1);

    assertThat(mean(1)).isCloseTo((3 + 6) / 3.0, within(1e-12));
  }

  @Test
  void staysWhenARoundIsAbandoned() {
    round(1, "ann", 3, "bob", 6);
    job.open(2);
    job.deliver(update(2, "ann", 100).send());
    job.close(2);
    assertThat(job.aggregate(2).outcome()).isEqualTo(RoundReport.Outcome.ABANDONED);
    round(3, "ann", 4, "bob", 6);

    assertThat(mean(2)).isCloseTo((4 + 6) / 3.0, within(1e-12));
  }

  @Test
  void leavesOutAVectorThatIsNoNumber() {
    job.open(1);
    job.deliver(update(1, "ann", 3).send(), update(1, "bob", Float.NaN).send());
    job.deliver(update(1, "cid", 6).send());
    job.close(1);
    RoundReport report = job.aggregate(1);

    assertThat(report.refusals()).extracting(Refusal::code).containsExactly(ErrorCode.NON_FINITE);
    assertThat(mean(1)).isCloseTo((3 + 6) / 3.0, within(1e-12));
  }

  @Test
  void tasksSayWhichRoundCountedLast() {
    round(1, "ann", 3, "bob", 6);
    job.open(2);

    assertThat(place.tasks("ann")).extracting(task -> task.update().counted()).containsOnly(0, 1);
    assertThat(place.tasks("cid")).extracting(task -> task.update().counted()).containsOnly(0);
  }

  @Test
  void updatesOfSuchJobsCountEqually() {
    job.open(1);
    job.deliver(update(1, "ann", 0).manifest(m -> m.put("examples", 1000)).send());
    job.deliver(update(1, "bob", 0).send());
    job.close(1);
    Plan plan = Plan.load(place.objects, job.plan(1, 0, List.of()).plan());

    assertThat(plan.rows()).extracting(Plan.Row::weight).containsOnly(1.0);
  }

  private void round(int round, String first, double vector, String second, double other) {
    job.open(round);
    job.deliver(update(round, first, (float) vector).send());
    job.deliver(update(round, second, (float) other).send());
    job.close(round);
    assertThat(job.aggregate(round).outcome()).isEqualTo(RoundReport.Outcome.PUBLISHED);
  }

  private TestUpdate update(int round, String member, float vector) {
    int size = Math.toIntExact(Job.load(place.ports, Place.JOB).layout().size());
    float[] values = new float[2 * size];
    Arrays.fill(values, 0, size, 0.25f);
    Arrays.fill(values, size, 2 * size, vector);
    return TestUpdate.of(place, round, member, values);
  }

  /// The published one, whose every value is the same, and which the exact one agrees with.
  private double mean(int version) {
    float published =
        place
            .bytes(Place.KEYS.vectorMean(version, 0))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .get(3);
    double exact =
        place
            .bytes(Place.KEYS.vectorState(version, 0))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asDoubleBuffer()
            .get(3);
    assertThat(published).isEqualTo((float) exact);
    return exact;
  }
}
