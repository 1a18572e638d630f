package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Refusal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {
  private static final Refusal NAN =
      new Refusal("member-2", ErrorCode.NON_FINITE, "the loss is NaN");
  private static final Refusal LATE =
      new Refusal("member-4", ErrorCode.ROUND_CLOSED, "round 1 is closed");

  @TempDir Path folder;
  private final Deployment deployment = new Deployment();
  private final Deque<Runnable> events = new ArrayDeque<>();
  private Shell shell = new Shell(Path.of("."));

  @BeforeEach
  void world() {
    shell = new Shell(folder).over(deployment);
    shell.pause = () -> events.remove().run();
    deployment.begin("trial");
  }

  @Test
  void watch_followsRoundsAndRefusalsToTheEnd() {
    events.add(() -> deployment.open("trial", 1, 2, 0));
    events.add(() -> deployment.refuse("trial", 1, NAN));
    events.add(() -> deployment.publish("trial", 1, 0.71, List.of(NAN), 1));
    events.add(() -> deployment.refuse("trial", 1, LATE));
    events.add(() -> deployment.publish("trial", 2, 0.82, List.of(), 0));
    events.add(() -> deployment.end("trial", Progress.State.COMPLETED, "2 rounds are done"));

    Shell.Result result = shell.run("watch", "trial", "--on", "aws");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .containsPattern("(?m)^ *1 +5 +3 +1 +1 +0\\.5000 +0\\.7100 +0\\.047 +1\\.25$")
        .containsPattern("(?m)^ *2 +5 +5 +0 +0 +0\\.5000 +0\\.8200 ")
        .contains("job trial: completed after 2 rounds · accuracy 0.8200 · 2 rounds are done");
    assertThat(result.out().split("round 1, member-2: NON_FINITE the loss is NaN", -1)).hasSize(2);
    assertThat(result.out().split("round 1, member-4: ROUND_CLOSED", -1)).hasSize(2);
    assertThat(result.out().indexOf("NON_FINITE")).isLessThan(result.out().indexOf("0.7100"));
    assertThat(events).isEmpty();
  }

  @Test
  void watch_onATerminalShowsTheOpenRound() {
    shell.terminal = true;
    deployment.open("trial", 1, 2, 1);
    events.add(() -> deployment.end("trial", Progress.State.COMPLETED, ""));

    assertThat(shell.run("watch", "trial", "--on", "aws").out())
        .contains("round 1: 3 of 5 members have answered, 1 refused");
  }

  @Test
  void watch_asJsonGivesOneObjectWithTheReports() {
    deployment.publish("trial", 1, 0.71, List.of(NAN), 1);
    deployment.end("trial", Progress.State.COMPLETED, "");

    Shell.Result result = shell.run("watch", "trial", "--on", "aws", "--format", "json");

    assertThat(result.json().at("/state").asText()).isEqualTo("completed");
    assertThat(result.json().at("/reports/0/refusals/0/code").asText()).isEqualTo("NON_FINITE");
    assertThat(result.json().at("/modelHash").asText()).isEqualTo("hash1");
    assertThat(result.err()).contains("0.7100");
  }

  @Test
  void watch_endsAsTheJobDid() {
    deployment.end("trial", Progress.State.FAILED, "RETRIES_EXHAUSTED: nobody answers");
    Shell.Result failed = shell.run("watch", "trial", "--on", "aws");
    assertThat(failed.status()).isEqualTo(ExitStatus.FAILED.number());
    assertThat(failed.out()).contains("failed").contains("nobody answers");

    deployment.begin("other");
    deployment.end("other", Progress.State.ABORTED, "");
    assertThat(shell.run("watch", "other", "--on", "aws").status())
        .isEqualTo(ExitStatus.ABORTED.number());
  }

  @Test
  void watch_tellsWhyAJobNeverBegan() {
    deployment.workflow.executions.put(
        "wrong",
        new io.rengo.protocol.Workflow.Status.Failed(
            "io.rengo.protocol.RengoException",
            "{\"errorMessage\":\"JOB_INVALID: 0 is below 1\",\"errorType\":\"x\"}"));

    Shell.Result result = shell.run("watch", "wrong", "--on", "aws");

    assertThat(result.status()).isEqualTo(ExitStatus.FAILED.number());
    assertThat(result.out()).contains("failed after 0 rounds · JOB_INVALID: 0 is below 1");
  }

  @Test
  void watch_onceDoesNotWait() {
    deployment.publish("trial", 1, 0.71, List.of(), 0);

    Shell.Result result = shell.run("watch", "trial", "--on", "aws", "--once");

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("0.7100").contains("running after 1 rounds");
  }

  @Test
  void watch_ofAnUnknownJobSaysHowToFindOne() {
    Shell.Result result = shell.run("watch", "nobody", "--on", "aws", "--format=json");

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE.number());
    assertThat(result.json().at("/error/code").asText()).isEqualTo("JOB_UNKNOWN");
    assertThat(result.err()).contains("there is no job «nobody»").contains("rengo list");
    assertThat(result.err()).doesNotContain("\tat ");
  }
}
