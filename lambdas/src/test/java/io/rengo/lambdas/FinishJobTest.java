package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.Json;
import io.rengo.protocol.Progress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FinishJobTest {
  private final JobByHand job = JobByHand.started(JobByHand.SMALL);

  private FinishJob.Output finish(Progress.State state, String reason) {
    return new FinishJob(job.place.ports).run(new FinishJob.Input(Place.JOB, state, reason));
  }

  @Test
  void writes_how_the_job_ended() {
    FinishJob.Output output = finish(Progress.State.COMPLETED, "2 rounds are done");
    assertThat(output.state()).isEqualTo(Progress.State.COMPLETED);
    assertThat(output.error()).isEmpty();
    assertThat(Json.read(job.place.bytes(Place.KEYS.result()), FinishJob.Output.class, "result"))
        .isEqualTo(output);
    assertThat(job.decide())
        .extracting(Decide.Output::next, Decide.Output::state)
        .containsExactly("finish", Progress.State.COMPLETED);
  }

  @Test
  void the_first_end_stays() {
    finish(Progress.State.ABORTED, "JOB_ABORTED: enough");
    assertThat(finish(Progress.State.COMPLETED, "done").state()).isEqualTo(Progress.State.ABORTED);
  }

  @Test
  void the_reason_is_that_of_the_error_at_the_bottom() {
    String function =
        Json.write(
            Map.of(
                "errorMessage", "NON_FINITE: too far (at x). Lower y.",
                "errorType", "io.rengo.protocol.RengoException"));
    String child =
        Json.write(
            Map.of("Error", "io.rengo.protocol.RengoException", "Cause", function, "Status", "F"));
    FinishJob.Output output = finish(Progress.State.FAILED, "States.TaskFailed: " + child);
    assertThat(output.reason()).isEqualTo("NON_FINITE: too far (at x). Lower y.");
    assertThat(output.error()).isEqualTo("NON_FINITE");
  }

  @Test
  void a_reason_of_another_form_stays_as_it_is() {
    assertThat(Reason.plain("States.Timeout: {a}")).isEqualTo("States.Timeout: {a}");
    assertThat(Reason.plain("States.Timeout: {}")).isEqualTo("States.Timeout: {}");
    assertThat(Reason.plain("")).isEmpty();
  }
}
