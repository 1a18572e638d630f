package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RengoException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenRoundTest {
  private final JobByHand job = JobByHand.started(JobByHand.SMALL);
  private final Place place = job.place;

  private OpenRound.Output open(String token) {
    return new OpenRound(place.ports).run(new OpenRound.Input(Place.JOB, 1, token));
  }

  private void select() {
    new SelectCohort(place.ports).run(new SelectCohort.Input(Place.JOB, 1, Purpose.TRAIN));
  }

  @Test
  void notes_the_token_and_lets_the_workflow_wait() {
    select();
    assertThat(open("t").complete()).isFalse();
    assertThat(place.round(1).token()).contains("t");
    assertThat(place.workflow.woken).isEmpty();
  }

  @Test
  void ends_the_wait_at_once_where_all_updates_came_before_the_token() {
    select();
    job.answer(1, Place.MEMBERS);
    assertThat(place.workflow.woken).isEmpty();
    assertThat(open("t").complete()).isTrue();
    assertThat(place.workflow.woken).containsExactly("t");
  }

  @Test
  void a_wait_that_begins_again_is_ended_by_its_own_token() {
    select();
    open("first");
    open("second");
    job.answer(1, Place.MEMBERS);
    assertThat(place.workflow.woken).containsExactly("second");
  }

  @Test
  void an_empty_cohort_is_not_waited_for() {
    JobByHand none =
        JobByHand.started(
            JobByHand.SMALL.replace("quorum: 2", "quorum: 1")
                + "cohort: {rule: poisson, rate: 1.0e-9}");
    none.open(1);
    assertThat(none.place.workflow.woken).containsExactly("token-1");
    assertThat(none.close(1).enough()).isFalse();
  }

  @Test
  void there_is_nothing_to_wait_for_in_an_unknown_round() {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> open("t"))
        .matches(e -> e.code() == ErrorCode.ROUND_UNKNOWN);
    assertThat(List.of(place.workflow.woken)).containsExactly(List.of());
  }
}
