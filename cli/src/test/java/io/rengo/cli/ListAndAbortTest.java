package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.Progress;
import io.rengo.protocol.Workflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListAndAbortTest {
  @TempDir Path folder;
  private final Deployment deployment = new Deployment();
  private Shell shell = new Shell(Path.of("."));

  @BeforeEach
  void world() {
    shell = new Shell(folder).over(deployment);
  }

  @Test
  void list_showsJobsWithRecordsAndThoseWithout() {
    deployment.begin("trial");
    deployment.publish("trial", 1, 0.71, List.of(), 0);
    deployment.workflow.executions.put("refused", new Workflow.Status.Failed("JOB_INVALID", "no"));

    Shell.Result text = shell.run("list", "--on", "aws");
    Shell.Result json = shell.run("list", "--on", "aws", "--format", "json");

    assertThat(text.out())
        .containsPattern("(?m)^trial +running +2026-05-01T10:00:00Z +1 +0\\.7100$")
        .containsPattern("(?m)^refused +failed +- +0 +- +JOB_INVALID: no$");
    assertThat(json.json().at("/jobs")).hasSize(2);
    assertThat(json.json().at("/jobs").findValuesAsText("job")).contains("trial", "refused");
  }

  @Test
  void list_ofAnExecutionThatEndedOutsideItsRecordTellsTheExecutionsEnd() {
    deployment.begin("trial");
    deployment.workflow.executions.put("trial", new Workflow.Status.Failed("States.Timeout", ""));

    assertThat(shell.run("list", "--on", "aws").out()).containsPattern("trial +failed");
  }

  @Test
  void onAws_opensTheFederationThatIsNamed() {
    List<Map<String, String>> seen = new ArrayList<>();
    shell.environment = Map.of("RENGO_FEDERATION", "one", "RENGO_TABLE", "table");
    shell.over(variables -> {
      seen.add(variables);
      return deployment.ports;
    });

    shell.run("list", "--on", "aws");
    shell.run("list", "--on", "aws", "--federation", "two");

    assertThat(seen)
        .extracting(variables -> variables.get("RENGO_FEDERATION"))
        .containsExactly("one", "two");
    assertThat(seen.getLast()).containsEntry("RENGO_TABLE", "table");
  }

  @Test
  void list_withoutJobsSaysHowToStartOne() {
    assertThat(shell.run("list").out()).contains("no jobs").contains("rengo run");
    assertThat(shell.run("list", "--format", "json").json().at("/jobs")).isEmpty();
  }

  @Test
  void abort_marksTheJobAndStopsItsExecution() {
    deployment.begin("trial");

    Shell.Result result =
        shell.run("abort", "trial", "--on", "aws", "--reason", "wrong data", "--format", "json");

    assertThat(result.status()).isZero();
    assertThat(result.json().at("/state").asText()).isEqualTo("aborted");
    assertThat(deployment.progress("trial").state()).isEqualTo(Progress.State.ABORTED);
    assertThat(deployment.progress("trial").reason()).contains("JOB_ABORTED: wrong data");
    assertThat(deployment.workflow.executions.get("trial"))
        .isEqualTo(new Workflow.Status.Stopped("JOB_ABORTED: wrong data"));
  }

  @Test
  void abort_ofAJobThatEndedChangesNothing() {
    deployment.begin("trial");
    deployment.end("trial", Progress.State.COMPLETED, "");

    Shell.Result result = shell.run("abort", "trial", "--on", "aws");

    assertThat(result.status()).isEqualTo(ExitStatus.UNAVAILABLE.number());
    assertThat(result.err()).contains("the job has ended already: completed");
    assertThat(deployment.progress("trial").state()).isEqualTo(Progress.State.COMPLETED);
  }

  @Test
  void abort_ofAnUnknownJobIsWrongInput() {
    assertThat(shell.run("abort", "nobody", "--on", "aws").status())
        .isEqualTo(ExitStatus.USAGE.number());
    assertThat(shell.run("abort", "nobody").status()).isEqualTo(ExitStatus.USAGE.number());
  }
}
