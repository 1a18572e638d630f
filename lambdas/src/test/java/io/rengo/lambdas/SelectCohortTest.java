package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectCohortTest {
  private static final String SAMPLED =
      JobByHand.SMALL.replace("quorum: 2", "quorum: 1, target: 0.5")
          + "cohort: {rule: uniform, size: 2}\n";

  private static SelectCohort.Output select(JobByHand job, int round, Purpose purpose) {
    return new SelectCohort(job.place.ports).run(new SelectCohort.Input(Place.JOB, round, purpose));
  }

  private static List<String> cohort(JobByHand job, int round) {
    return Cohort.load(job.place.objects, Place.KEYS.cohort(round)).members();
  }

  @Test
  void opens_the_round_for_the_whole_federation() {
    JobByHand job = JobByHand.started(JobByHand.SMALL);
    assertThat(select(job, 1, Purpose.TRAIN)).isEqualTo(new SelectCohort.Output(3, 3, 2));
    RoundRecord round = job.place.round(1);
    assertThat(round.open()).isTrue();
    assertThat(round.token()).isEmpty();
    assertThat(round.opened()).isEqualTo(job.place.time.instant());
    assertThat(cohort(job, 1)).isEqualTo(Place.MEMBERS);
  }

  @Test
  void the_target_is_a_share_of_the_cohort_rounded_up() {
    JobByHand job = JobByHand.started(SAMPLED);
    assertThat(select(job, 1, Purpose.TRAIN)).isEqualTo(new SelectCohort.Output(2, 1, 1));
  }

  @Test
  void the_seed_and_the_round_say_who_is_in_a_sample() {
    List<List<String>> cohorts = new ArrayList<>();
    JobByHand job = JobByHand.started(SAMPLED);
    JobByHand same = JobByHand.started(SAMPLED);
    for (int round = 1; round <= 8; round++) {
      select(job, round, Purpose.TRAIN);
      select(same, round, Purpose.TRAIN);
      cohorts.add(cohort(job, round));
      assertThat(cohort(same, round)).isEqualTo(cohort(job, round));
    }
    assertThat(cohorts.stream().distinct().count()).isGreaterThan(1);
  }

  @Test
  void everyone_evaluates_and_one_answer_is_enough() {
    JobByHand job = JobByHand.started(SAMPLED.replace("quorum: 1", "quorum: 2"));
    assertThat(select(job, 1, Purpose.EVALUATE)).isEqualTo(new SelectCohort.Output(3, 2, 1));
  }

  @Test
  void a_round_that_is_open_stays_as_it_is() {
    JobByHand job = JobByHand.started(JobByHand.SMALL);
    job.open(1);
    job.answer(1, List.of("ann"));
    RoundRecord before = job.place.round(1);
    select(job, 1, Purpose.TRAIN);
    assertThat(job.place.round(1)).isEqualTo(before);
  }

  @Test
  void weighs_members_by_what_past_rounds_say() {
    JobByHand job =
        JobByHand.started(
            SAMPLED.replace("rule: uniform, size: 2", "rule: straggler-aware, size: 3"));
    job.open(1);
    job.answer(1, List.of("ann", "bob"));
    job.close(1);
    job.aggregate(1);
    var known = History.before(job.place.ports, Job.load(job.place.ports, Place.JOB), 2);
    assertThat(known.candidates())
        .extracting(candidate -> candidate.member() + " " + candidate.answered())
        .containsExactly("ann 1", "bob 1", "cid 0");
    assertThat(known.candidates().getFirst().meanSeconds()).isEqualTo(3.5);
    assertThat(known.candidates().getFirst().examples()).isEqualTo(13);
  }

  @Test
  void there_is_no_round_of_an_unknown_job() {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> select(new JobByHand(new Place(), Runner.once()), 1, Purpose.TRAIN))
        .matches(e -> e.code() == ErrorCode.JOB_UNKNOWN);
  }
}
