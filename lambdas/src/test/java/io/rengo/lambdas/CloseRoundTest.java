package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseRoundTest {
  private final JobByHand job = JobByHand.started(JobByHand.SMALL);

  @Test
  void lists_the_updates_in_the_order_of_their_members() {
    job.open(1);
    job.answer(1, List.of("cid", "ann", "bob"));
    assertThat(job.close(1)).isEqualTo(new CloseRound.Output(3, 2, true, ""));
    assertThat(job.place.round(1).open()).isFalse();
    assertThat(Accepted.load(job.place.objects, Place.KEYS.accepted(1)).updates())
        .extracting(AcceptedUpdate::member)
        .containsExactly("ann", "bob", "cid");
  }

  @Test
  void says_why_it_is_not_enough() {
    job.open(1);
    job.answer(1, List.of("cid"));
    assertThat(job.close(1))
        .isEqualTo(
            new CloseRound.Output(1, 2, false, "QUORUM_MISSED: 1 updates, below the quorum of 2"));
  }

  @Test
  void one_evaluation_is_enough() {
    job.open(1, Purpose.EVALUATE);
    job.answer(1, List.of("cid"));
    assertThat(job.close(1).enough()).isTrue();
  }
}
