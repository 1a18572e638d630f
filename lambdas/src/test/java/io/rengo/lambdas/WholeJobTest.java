package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.Progress;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A job of two rounds and an evaluation, however often its steps run and wherever they die.
class WholeJobTest {
  private static final Map<String, Object> UNDISTURBED = contents(Runner.once());

  private static Map<String, Object> contents(Runner runner) {
    JobByHand job = new JobByHand(new Place(), runner);
    job.run(JobByHand.SMALL);
    return job.place.contents();
  }

  @Test
  void ends_with_the_last_rounds_model_evaluated() {
    JobByHand job = new JobByHand(new Place(), Runner.once());
    FinishJob.Output result = job.run(JobByHand.SMALL);
    assertThat(result.state()).isEqualTo(Progress.State.COMPLETED);
    assertThat(result.rounds()).isEqualTo(2);
    assertThat(result.model().key()).isEqualTo(Place.KEYS.model(2));
    assertThat(result.accuracy()).contains(0.75);
    assertThat(job.place.workflow.woken).containsOnly("token-1", "token-2", "token-3");
  }

  @Test
  void comes_to_the_same_bytes_when_every_step_runs_twice() {
    assertThat(contents(Runner.twice())).isEqualTo(UNDISTURBED);
  }

  @Test
  void comes_to_the_same_bytes_when_two_threads_run_every_step() {
    for (int i = 0; i < 20; i++) {
      assertThat(contents(Runner.twoThreads())).isEqualTo(UNDISTURBED);
    }
  }

  @Test
  void comes_to_the_same_bytes_wherever_a_step_dies() {
    Dying counted = new Dying(Integer.MAX_VALUE);
    assertThat(contents(Runner.dying(counted))).isEqualTo(UNDISTURBED);
    assertThat(counted.calls()).isGreaterThan(100);
    for (int call = 1; call <= counted.calls(); call++) {
      assertThat(contents(Runner.dying(new Dying(call))))
          .as("after the death at call %d", call)
          .isEqualTo(UNDISTURBED);
    }
  }
}
