package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.core.MetricSums;
import io.rengo.protocol.Json;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.RoundReport.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordRoundTest {
  private final JobByHand job = JobByHand.started(JobByHand.SMALL);
  private final Place place = job.place;

  private Progress progress() {
    return Job.progress(place.ports, Place.JOB);
  }

  private void send(String member, double loss, MetricSums evaluation) {
    job.deliver(
        TestUpdate.of(place, 1, member)
            .manifest(m -> m.put("loss", loss).set("evaluation", Json.tree(evaluation)))
            .send());
  }

  private static MetricSums evaluation(long right, long wrong) {
    return new MetricSums(right + wrong, right + wrong, 0, new long[][] {{right, wrong}, {0, 0}});
  }

  @Test
  void tells_what_the_round_came_to() {
    job.open(1);
    send("ann", 1.0, evaluation(3, 1));
    send("bob", 0.5, evaluation(0, 4));
    place.time.advance(Duration.ofMillis(1500));
    job.close(1);
    RoundReport report = job.aggregate(1);
    assertThat(report.accuracy()).contains(0.375);
    assertThat(report.evaluationLoss()).contains(1.0);
    assertThat(report.loss()).contains(0.75);
    assertThat(report.seconds()).isEqualTo(1.5);
    assertThat(report.cohort()).isEqualTo(3);
    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.bytes()).isPositive();
    assertThat(report.model().version()).isEqualTo(1);
    assertThat(progress().model()).isEqualTo(report.model());
    assertThat(progress().published()).isEqualTo(1);
    assertThat(progress().accuracy()).contains(0.375);
  }

  @Test
  void evaluations_of_other_numbers_of_classes_are_left_out() {
    job.open(1);
    send("ann", 1, evaluation(8, 2));
    send("bob", 1, new MetricSums(4, 4, 0, new long[][] {{4}}));
    job.close(1);
    assertThat(job.aggregate(1).accuracy()).contains(0.8);
  }

  @Test
  void a_round_without_updates_has_no_loss_and_no_accuracy() {
    job.open(1);
    job.close(1);
    RoundReport report = job.record(1, Outcome.ABANDONED, List.of(), "QUORUM_MISSED: none");
    assertThat(report.loss()).isEmpty();
    assertThat(report.accuracy()).isEmpty();
    assertThat(report.reason()).contains("QUORUM_MISSED: none");
    assertThat(report.model().version()).isZero();
    assertThat(progress().abandoned()).isEqualTo(1);
  }

  @Test
  void an_evaluation_moves_the_job_to_its_end_whatever_came() {
    job.open(1, Purpose.EVALUATE);
    job.close(1);
    job.record(1, Outcome.ABANDONED, List.of(), "QUORUM_MISSED: none");
    assertThat(progress().evaluated()).isTrue();
    assertThat(progress().abandoned()).isZero();
  }

  @Test
  void a_second_run_later_finds_the_first_ones_report_and_meters_nothing() {
    List<RoundReport> metered = new ArrayList<>();
    job.open(1);
    job.answer(1, Place.MEMBERS);
    job.close(1);
    RecordRound step = new RecordRound(place.ports, Place.VERSIONS, metered::add);
    RecordRound.Input input =
        new RecordRound.Input(Place.JOB, 1, Outcome.ABANDONED, List.of(), "why", "");
    RecordRound.Output first = step.run(input);
    Progress after = progress();
    place.time.advance(Duration.ofHours(1));
    assertThat(step.run(input)).isEqualTo(first);
    assertThat(progress()).isEqualTo(after);
    assertThat(metered).hasSize(1);
  }
}
