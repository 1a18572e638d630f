package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.Progress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A job of two rounds and an evaluation, however often its steps run and wherever they die.
class WholeJobTest {
  /// Whether a second function takes the step, or the one that folds.
  enum Way {
    STEPPED_APART(JobByHand.SMALL),
    STEPPED_AT_ONCE(JobByHand.SMALL.replace("fedadam", "fedavg"));

    private final String file;
    private final Map<String, Object> undisturbed;

    Way(String file) {
      this.file = file;
      this.undisturbed = contents(Runner.once());
    }

    Map<String, Object> contents(Runner runner) {
      JobByHand job = new JobByHand(new Place(), runner);
      job.run(file);
      return job.place.contents();
    }
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

  @ParameterizedTest
  @EnumSource
  void comes_to_the_same_bytes_when_every_step_runs_twice(Way way) {
    assertThat(way.contents(Runner.twice())).isEqualTo(way.undisturbed);
  }

  @ParameterizedTest
  @EnumSource
  void comes_to_the_same_bytes_when_two_threads_run_every_step(Way way) {
    for (int i = 0; i < 20; i++) {
      assertThat(way.contents(Runner.twoThreads())).isEqualTo(way.undisturbed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void comes_to_the_same_bytes_wherever_a_step_dies(Way way) {
    Dying counted = new Dying(Integer.MAX_VALUE);
    assertThat(way.contents(Runner.dying(counted))).isEqualTo(way.undisturbed);
    assertThat(counted.calls()).isGreaterThan(100);
    for (int call = 1; call <= counted.calls(); call++) {
      assertThat(way.contents(Runner.dying(new Dying(call))))
          .as("after the death at call %d", call)
          .isEqualTo(way.undisturbed);
    }
  }
}
