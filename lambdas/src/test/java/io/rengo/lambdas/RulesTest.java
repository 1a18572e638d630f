package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.WeightedSum;
import io.rengo.core.aggregation.Decision;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.UpdateScore;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The aggregation rules, from the job file to the report.
class RulesTest {
  private static JobByHand job(String aggregation) {
    return JobByHand.started(
        "seed: 7\nmodel: {kind: mlp, layers: [3, 2]}\nrounds: {count: 2, quorum: 2, deadline: 1h}\n"
            + "server-optimizer: {name: fedavgm}\naggregation: "
            + aggregation);
  }

  /// A round in which each member's update holds one value throughout.
  private static RoundReport round(JobByHand job, int round, float ann, float bob, float cid) {
    job.open(round);
    job.deliver(
        TestUpdate.of(job.place, round, "ann", ann).send(),
        TestUpdate.of(job.place, round, "bob", bob).send(),
        TestUpdate.of(job.place, round, "cid", cid).send());
    job.close(round);
    return job.aggregate(round);
  }

  private static double folded(JobByHand job, int round) {
    double[] mean = WeightedSum.decode(job.place.bytes(Place.KEYS.fold(round, 0, 0))).mean();
    assertThat(mean).containsOnly(mean[0]);
    return mean[0];
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{rule: {name: median}} | 1",
        "{rule: {name: trimmed-mean, trim: 1}} | 1",
        "{rule: {name: krum, byzantine: 0}} | 1",
        "{rule: {name: multi-krum, byzantine: 0, select: 1}} | 1",
        "{rule: {name: bulyan, byzantine: 0}} | -32.5",
        "{rule: {name: norm-clipped-mean}} | 0.3333333333333333",
        "{rule: {name: sign-majority, step: 0.25}} | 0.25",
        "{rule: {name: flame}} | 1.25",
        "{rule: {name: mean}, filter: {norm-z: 3.5}} | 1.25",
        "{rule: {name: median}, filter: {cosine: 0}} | 1.25",
        "{rule: {name: fltrust, root: ann}} | 1",
        "{rule: {name: centered-clipping, tau: 1000000}} | -32.5",
      })
  void aggregates_as_the_job_file_says(String aggregation, double expected) {
    JobByHand job = job(aggregation.replace("median}, filter", "median, byzantine: 0}, filter"));
    assertThat(round(job, 1, 1, 1.5f, -100).outcome()).isEqualTo(RoundReport.Outcome.PUBLISHED);
    assertThat(folded(job, 1)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void the_report_says_of_every_member_what_counted_and_why_not() {
    RoundReport report = round(job("{rule: {name: flame}, scores: true}"), 1, 1, 1.5f, -100);
    assertThat(report.scores())
        .extracting(UpdateScore::member)
        .containsExactly("ann", "bob", "cid");
    UpdateScore hostile = report.scores().getLast();
    assertThat(hostile.decision()).isEqualTo(Decision.EXCLUDED);
    assertThat(hostile.reason()).startsWith("points away from the majority");
    assertThat(hostile.share()).isZero();
    assertThat(hostile.norm().orElseThrow()).isCloseTo(282.8, within(0.1));
    assertThat(hostile.normZ().orElseThrow()).isGreaterThan(3.5);
    assertThat(hostile.cosineToMedian().orElseThrow()).isLessThan(-0.99);
    assertThat(hostile.cosineToAggregate().orElseThrow()).isLessThan(-0.99);
    UpdateScore honest = report.scores().getFirst();
    assertThat(honest.decision()).isEqualTo(Decision.COUNTED);
    assertThat(honest.share()).isEqualTo(0.5);
    assertThat(honest.nearest()).contains("bob");
  }

  @Test
  void without_measurements_there_are_no_scores() {
    assertThat(round(job("{rule: {name: median}}"), 1, 1, 1, 1).scores()).isEmpty();
  }

  @Test
  void a_value_that_is_not_finite_excludes_its_member_whatever_the_rule() {
    for (String rule :
        List.of(
            "{name: median, byzantine: 0}",
            "{name: foolsgold}",
            "{name: geometric-median, byzantine: 0}")) {
      JobByHand job = job("{rule: " + rule + "}");
      RoundReport report = round(job, 1, 1, Float.NaN, 1);
      boolean enough = !rule.contains("foolsgold");
      assertThat(report.outcome())
          .isEqualTo(enough ? RoundReport.Outcome.PUBLISHED : RoundReport.Outcome.ABANDONED);
      assertThat(report.refusals())
          .allMatch(r -> r.member().equals("bob") && r.code() == ErrorCode.NON_FINITE)
          .hasSize(1);
    }
  }

  @Test
  void a_rule_with_fewer_members_than_it_needs_is_refused_at_the_start() {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> job("{rule: {name: krum, byzantine: 1}}"))
        .matches(e -> e.code() == ErrorCode.JOB_INVALID)
        .withMessageContaining("needs 5 updates (n >= 2 byzantine + 3)")
        .withMessageContaining("3 members");
  }

  @Test
  void a_root_that_is_no_member_is_refused_at_the_start() {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> job("{rule: {name: fltrust, root: nobody}}"))
        .withMessageContaining("no member «nobody»");
  }

  @Test
  void below_the_bound_the_round_is_abandoned() {
    JobByHand job = job("{rule: {name: median}}");
    job.open(1);
    job.answer(1, List.of("ann", "bob"));
    job.close(1);
    RoundReport report = job.aggregate(1);
    assertThat(report.outcome()).isEqualTo(RoundReport.Outcome.ABANDONED);
    assertThat(report.reason().orElseThrow())
        .isEqualTo("BELOW_BOUND: 2 updates count, the rule needs 3 (n >= 2 byzantine + 1)");
  }

  @Test
  void below_the_bound_after_the_filter_the_round_is_abandoned() {
    RoundReport report =
        round(job("{rule: {name: median}, filter: {norm-z: 3.5}}"), 1, 1, 1.5f, -100);
    assertThat(report.outcome()).isEqualTo(RoundReport.Outcome.ABANDONED);
    assertThat(report.reason().orElseThrow()).startsWith("BELOW_BOUND: 2 updates");
    assertThat(report.scores())
        .extracting(UpdateScore::member, UpdateScore::share, score -> score.reason().split(" ")[0])
        .containsExactly(
            tuple("ann", 0.0, "the"), tuple("bob", 0.0, "the"), tuple("cid", 0.0, "norm"));
    assertThat(report.scores().getLast().normZ().orElseThrow()).isLessThan(1e6).isGreaterThan(3.5);
  }

  @Test
  void report_has_the_cosines_of_all_pairs() {
    RoundReport report = round(job("{rule: {name: mean}, scores: true}"), 1, 1, 2, -4);
    assertThat(report.cosines()).containsExactly(List.of(1.0), List.of(-1.0, -1.0));
  }

  @Test
  void with_a_root_the_report_has_what_the_servers_data_tell() {
    RoundReport report = round(job("{rule: {name: fltrust, root: bob}}"), 1, 1, 2, -4);
    assertThat(report.scores())
        .extracting(
            UpdateScore::member, score -> Math.round(score.towardsRoot().orElseThrow() * 1e6) / 1e6)
        .containsExactly(tuple("ann", 0.5), tuple("cid", -2.0));
    assertThat(report.rootLoss()).hasValue(0.5);
  }

  @Test
  void without_the_roots_update_the_round_is_abandoned() {
    JobByHand job = job("{rule: {name: fltrust, root: ann}}");
    job.open(1);
    job.answer(1, List.of("bob", "cid"));
    job.close(1);
    assertThat(job.aggregate(1).reason().orElseThrow())
        .isEqualTo("BELOW_BOUND: no update of the root member ann");
  }

  @Test
  void the_root_is_in_every_cohort() {
    JobByHand job =
        JobByHand.started(
            "seed: 7\nmodel: {kind: mlp, layers: [3, 2]}\ncohort: {rule: uniform, size: 2}\n"
                + "rounds: {quorum: 2}\naggregation: {rule: {name: fltrust, root: cid}}");
    assertThat(job.open(1).cohort()).isEqualTo(3);
  }

  @Test
  void centered_clipping_starts_from_the_last_rounds_aggregate() {
    JobByHand job = job("{rule: {name: centered-clipping, tau: 2.8284271247461903}}");
    round(job, 1, 1, 1, 1);
    assertThat(folded(job, 1)).isCloseTo(1, within(1e-6));
    round(job, 2, 3, 3, 3);
    assertThat(folded(job, 2)).isCloseTo(2, within(1e-6));
  }

  @Test
  void foolsgold_remembers_what_members_sent() {
    JobByHand job = job("{rule: {name: foolsgold}}");
    round(job, 1, 1, 2, 4);
    round(job, 2, 1, 2, 4);
    float[] sums = new float[3];
    for (int row = 0; row < 3; row++) {
      sums[row] =
          job.place
              .bytes(Place.KEYS.memory(2, 0, 0, row))
              .order(ByteOrder.LITTLE_ENDIAN)
              .getFloat(0);
    }
    assertThat(sums).containsExactly(2, 4, 8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{rule: {name: median}, scores: true}",
        "{rule: {name: foolsgold}}",
        "{rule: {name: centered-clipping, tau: 1.5, iterations: 2}}",
        "{rule: {name: fltrust, root: bob}}"
      })
  void wherever_a_step_dies_the_job_comes_to_the_same_bytes(String aggregation) {
    String file = JobByHand.SMALL + "aggregation: " + aggregation;
    Map<String, Object> undisturbed = contents(file, Runner.once());
    assertThat(contents(file, Runner.twice())).isEqualTo(undisturbed);
    Dying counted = new Dying(Integer.MAX_VALUE);
    assertThat(contents(file, Runner.dying(counted))).isEqualTo(undisturbed);
    for (int call = 1; call <= counted.calls(); call += 3) {
      assertThat(contents(file, Runner.dying(new Dying(call))))
          .as("after the death at call %d", call)
          .isEqualTo(undisturbed);
    }
  }

  private static Map<String, Object> contents(String file, Runner runner) {
    JobByHand job = new JobByHand(new Place(), runner);
    job.run(file);
    return job.place.contents();
  }
}
