package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where updates count in a job with a buffer of two, and what they count.
class BufferedUpdatesTest {
  private final JobByHand job =
      JobByHand.started(JobByHand.SMALL + "buffer: {size: 2, most-stale: 1}\n");
  private final Place place = job.place;

  @Test
  void anUpdateThatComesLaterCountsInTheNextFillingAndLess() {
    job.open(1);
    ObjectNode slow = TestUpdate.of(place, 1, "cid").send();
    fill(1, "ann", "bob");
    job.open(2);
    job.deliver(slow);
    job.answer(2, List.of("ann"));
    job.close(2);
    Plan plan = Plan.load(place.objects, job.plan(2, 0, List.of()).plan());

    assertThat(plan.rows()).extracting(Plan.Row::member).containsExactly("ann", "cid");
    assertThat(plan.rows()).extracting(Plan.Row::weight).containsExactly(1.0, Math.pow(2, -0.5));
    assertThat(plan.factor()).isEqualTo((1 + Math.pow(2, -0.5)) / 2);
  }

  @Test
  void anUpdateThatComesBetweenTwoFillingsCountsInTheSecond() {
    job.open(1);
    ObjectNode slow = TestUpdate.of(place, 1, "cid").send();
    job.answer(1, List.of("ann", "bob"));
    job.close(1);
    job.deliver(slow);
    assertThat(job.aggregate(1).accepted()).isEqualTo(2);

    assertThat(place.round(2).accepted()).isEqualTo(1);
    assertThat(place.refusals(1)).isEmpty();
  }

  @Test
  void anUpdateThatComesAgainInALaterFillingCountsOnce() {
    job.open(1);
    ObjectNode slow = TestUpdate.of(place, 1, "cid").send();
    fill(1, "ann", "bob");
    job.open(2);
    job.deliver(slow);
    job.answer(2, List.of("ann"));
    job.close(2);
    job.aggregate(2);
    job.open(3);
    job.deliver(slow);

    assertThat(place.round(3).accepted()).isZero();
    assertThat(place.round(3).refused()).isZero();
  }

  @Test
  void anUpdateThatIsTooOldIsRefused() {
    job.open(1);
    ObjectNode slow = TestUpdate.of(place, 1, "cid").send();
    fill(1, "ann", "bob");
    job.open(2);
    fill(2, "ann", "bob");
    job.open(3);
    job.deliver(slow);

    assertThat(place.refusals(3)).extracting(Refusal::code).containsExactly(ErrorCode.UPDATE_STALE);
  }

  @Test
  void anUpdateToAModelThatIsNotThereYetIsRefused() {
    job.open(1);
    job.deliver(TestUpdate.of(place, 1, "ann").manifest(m -> m.put("baseVersion", 1)).send());

    assertThat(place.refusals(1))
        .extracting(Refusal::code)
        .containsExactly(ErrorCode.MANIFEST_INVALID);
  }

  @Test
  void whoIsAtWorkIsNotAskedAgain() {
    job.open(1);
    fill(1, "ann", "bob");
    job.open(2);

    assertThat(place.tasks("cid")).extracting(Task::round).containsOnly(1);
    assertThat(place.tasks("ann")).extracting(Task::round).containsOnly(1, 2);
  }

  private void fill(int round, String first, String second) {
    job.answer(round, List.of(first, second));
    job.close(round);
    assertThat(job.aggregate(round).outcome()).isEqualTo(RoundReport.Outcome.PUBLISHED);
  }
}
