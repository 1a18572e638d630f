package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RengoException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecideTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final JobSpec SPEC =
      JobFile.parse(
          """
          model: {kind: mlp, layers: [3, 2]}
          rounds: {count: 3, quorum: 1, retries: 1, deadline: 1500ms}
          stop: {accuracy: 0.9, after: 1h}
          """,
          "test");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          state     | round | published | abandoned | evaluated | accuracy | minutes | decision
          running   | 0     | 0         | 0         | false     | -        | 0       | train 1
          running   | 2     | 2         | 0         | false     | 0.5      | 5       | train 3
          running   | 1     | 0         | 1         | false     | -        | 5       | train 2
          running   | 3     | 3         | 0         | false     | 0.5      | 5       | evaluate 4
          running   | 4     | 3         | 1         | false     | 0.5      | 5       | evaluate 5
          running   | 4     | 3         | 0         | true      | 0.6      | 5       | completed: 3 rounds are done
          running   | 1     | 1         | 0         | false     | 0.9      | 5       | evaluate 2
          running   | 2     | 1         | 0         | true      | 0.8      | 5       | completed: 1 rounds are done
          running   | 1     | 1         | 0         | false     | 0.1      | 60      | train 2
          running   | 1     | 1         | 0         | false     | 0.1      | 61      | evaluate 2
          running   | 0     | 0         | 0         | false     | -        | 61      | evaluate 1
          running   | 2     | 0         | 2         | false     | -        | 5       | failed: RETRIES_EXHAUSTED: 2 rounds were abandoned, the last because of why
          running   | 5     | 3         | 2         | true      | 0.5      | 5       | failed: RETRIES_EXHAUSTED: 2 rounds were abandoned, the last because of why
          aborted   | 1     | 1         | 0         | false     | -        | 5       | aborted: why
          spent     | 3     | 2         | 1         | true      | 0.5      | 5       | completed: PRIVACY_SPENT: all
          spent     | 2     | 0         | 2         | true      | -        | 5       | failed: PRIVACY_SPENT: all
          completed | 4     | 3         | 0         | true      | -        | 5       | completed: why
          """,
      useHeadersInDisplayName = true)
  void decides_from_the_progress_alone(
      String state,
      int round,
      int published,
      int abandoned,
      boolean evaluated,
      @Nullable Double accuracy,
      int minutes,
      String decision) {
    Progress progress =
        new Progress(
            "job",
            state.equals("spent")
                ? Progress.State.RUNNING
                : Progress.State.valueOf(state.toUpperCase(Locale.ROOT)),
            1,
            START,
            round,
            published,
            abandoned,
            evaluated,
            false,
            new ModelRef(published, "key", 1, "layout", "hash"),
            Optional.ofNullable(accuracy),
            Optional.of(state.equals("spent") ? "PRIVACY_SPENT: all" : "why"));
    Decide.Output next = Decide.next(SPEC, progress, START.plus(Duration.ofMinutes(minutes)));
    String told =
        next.next().equals("round")
            ? next.purpose().name() + " " + next.round()
            : next.state().name() + ": " + next.reason();
    assertThat(told).isEqualToIgnoringCase(decision);
  }

  @Test
  void the_deadline_in_seconds_is_never_before_that_of_the_job_file() {
    JobByHand job = JobByHand.started(JobByHand.SMALL.replace("1h", "1500ms"));
    assertThat(job.decide().deadlineSeconds()).isEqualTo(2);
  }

  @Test
  void there_is_nothing_to_decide_of_an_unknown_job() {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> new JobByHand(new Place(), Runner.once()).decide())
        .matches(e -> e.code() == ErrorCode.JOB_UNKNOWN);
  }
}
