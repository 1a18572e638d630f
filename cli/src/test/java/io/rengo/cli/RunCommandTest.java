package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.cli.JobState.State;
import io.rengo.protocol.Json;
import io.rengo.protocol.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir Path folder;
  private Shell shell = new Shell(Path.of("."));

  @BeforeEach
  void files() {
    shell = new Shell(folder);
    shell.run("init");
  }

  private Shell.Result run(String... words) {
    return shell.run(words);
  }

  @Test
  void run_trainsShowsTheRoundsAndLeavesTheModel() {
    Shell.Result result =
        run("run", "job.yaml", "--job", "one", "--rounds", "2", "--set", "training.epochs=1");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .containsPattern("(?m)^ *1 +5 +5 +0 +0 +\\d\\.\\d{4} +0\\.\\d{4} ")
        .containsPattern("(?m)^ *2 +5 +5 ")
        .containsPattern("(?m)^final +5 +5 +0 +0 +- +0\\.\\d{4} ")
        .contains("job one: completed after 2 rounds")
        .contains("model: .rengo/runs/one/model.safetensors");
    assertThat(folder.resolve(".rengo/runs/one/model.safetensors")).isNotEmptyFile();
  }

  @Test
  void run_asJsonGivesOneObject() {
    JsonNode answer =
        run("run", "job.yaml", "--rounds", "1", "--members", "3", "--format", "json").json();

    assertThat(answer.at("/state").asText()).isEqualTo("completed");
    assertThat(answer.at("/rounds").asInt()).isEqualTo(1);
    assertThat(answer.at("/members").asInt()).isEqualTo(3);
    assertThat(answer.at("/accuracy").asDouble()).isGreaterThan(0.2);
    assertThat(answer.at("/seconds").asDouble()).isPositive();
    assertThat(Path.of(answer.at("/model").asText())).isNotEmptyFile();
  }

  @Test
  void run_isThereForListWatchAndPull() {
    run("run", "job.yaml", "--job", "one", "--rounds", "1");

    assertThat(run("list").out()).containsPattern("one +completed");
    assertThat(run("watch", "one").out()).containsPattern("(?m)^final ");
    JsonNode pulled = run("model", "pull", "one", "--version", "0", "--format", "json").json();
    assertThat(folder.resolve("one.safetensors")).hasSize(pulled.at("/bytes").asLong());
    assertThat(run("model", "pull", "one", "-o", "last").status()).isZero();
    assertThat(folder.resolve("last"))
        .hasSameBinaryContentAs(folder.resolve(".rengo/runs/one/model.safetensors"));
  }

  @Test
  void run_resumedGoesOnToTheSameModel() throws IOException {
    String whole =
        run("run", "job.yaml", "--job", "whole", "--rounds", "2", "--format", "json")
            .json()
            .at("/modelHash")
            .asText();
    run("run", "job.yaml", "--job", "cut", "--rounds", "2");
    interrupt("cut");
    assertThat(run("list").out()).containsPattern("(?m)^cut +interrupted +\\S+ +2 +0\\.");

    Shell.Result result = run("run", "--resume", "--format", "json");

    assertThat(result.status()).isZero();
    assertThat(result.json().at("/job").asText()).isEqualTo("cut");
    assertThat(result.json().at("/modelHash").asText()).isEqualTo(whole);
    assertThat(result.err()).containsPattern("(?m)^ *1 +5 +5 ").containsPattern("(?m)^final ");
  }

  @Test
  void run_refusesAnIdThatIsTakenAndAWrongOne() {
    run("run", "job.yaml", "--job", "one", "--rounds", "1");

    Shell.Result taken = run("run", "job.yaml", "--job", "one");
    assertThat(taken.status()).isEqualTo(ExitStatus.UNAVAILABLE.number());
    assertThat(taken.err()).contains("--resume");
    assertThat(run("run", "job.yaml", "--job", "a/b").status())
        .isEqualTo(ExitStatus.USAGE.number());
  }

  @Test
  void run_namesTheFieldThatIsWrong() throws IOException {
    Files.writeString(
        folder.resolve("wrong.yaml"), "model: {kind: mlp, layers: [64, 10]}\nround: 1");

    Shell.Result file = run("run", "wrong.yaml", "--format", "json");
    assertThat(file.status()).isEqualTo(ExitStatus.USAGE.number());
    assertThat(file.json().at("/error/code").asText()).isEqualTo("JOB_INVALID");
    assertThat(file.json().at("/error/mend").asText()).contains("rounds");

    assertThat(run("run", "job.yaml", "--set", "rounds.count=0").err()).contains("rounds.count");
    assertThat(run("run", "nothing.yaml").err()).contains("there is no such file");
    assertThat(run("run", "job.yaml", "--set", "training.trainer=dl4k").err())
        .contains("no trainer «dl4k»")
        .contains("dense");
  }

  @Test
  void run_thatCannotReachItsQuorumFailsWithTheReason() {
    Shell.Result result = run("run", "job.yaml", "--set", "rounds.quorum=9", "--format", "json");

    assertThat(result.status()).isEqualTo(ExitStatus.FAILED.number());
    assertThat(result.json().at("/state").asText()).isEqualTo("failed");
    assertThat(result.json().at("/reason").asText()).contains("9 updates");
  }

  @Test
  void resume_refusesWhatItCannotMean() {
    assertThat(run("run", "--resume").err()).contains("no run was interrupted");
    assertThat(run("run", "job.yaml", "--resume").status()).isEqualTo(ExitStatus.USAGE.number());
    assertThat(run("run").err()).contains("no job file is given");
  }

  @Test
  void run_onAwsStartsTheExecutionAndFollowsIt() {
    Deployment deployment = new Deployment();
    shell.over(deployment);
    shell.pause =
        () -> {
          if (deployment.workflow.inputs.containsKey("far")
              && deployment.ports.records().list("jobs", "").isEmpty()) {
            deployment.begin("far");
            deployment.publish("far", 1, 0.9, List.of(), 0);
          } else {
            deployment.end("far", Progress.State.COMPLETED, "");
          }
        };

    Shell.Result result = run("run", "job.yaml", "--on", "aws", "--job", "far", "--format=json");

    assertThat(result.status()).isZero();
    assertThat(result.json().at("/rounds").asInt()).isEqualTo(1);
    assertThat(result.err()).contains("rengo watch far --on aws").contains("0.9000");
  }

  @Test
  void run_detachedOnAwsGivesTheJobFileToTheExecution() {
    Deployment deployment = new Deployment();
    shell.over(deployment);

    Shell.Result result =
        run("run", "job.yaml", "--on", "aws", "--job", "far", "--rounds", "4", "--detach");

    assertThat(result.status()).isZero();
    assertThat(Json.tree(deployment.workflow.inputs).at("/far/file/rounds/count").asInt())
        .isEqualTo(4);
    assertThat(run("run", "job.yaml", "--on", "aws", "--job", "far", "--detach").status())
        .isEqualTo(ExitStatus.UNAVAILABLE.number());
  }

  @Test
  void abort_ofAnInterruptedRunEndsItForGood() throws IOException {
    run("run", "job.yaml", "--job", "one", "--rounds", "1");
    assertThat(run("abort", "one").status()).isEqualTo(ExitStatus.UNAVAILABLE.number());
    interrupt("one");

    assertThat(run("abort", "one", "--reason", "no more").out())
        .contains("aborted after 1 rounds · accuracy 0.");

    assertThat(run("watch", "one").status()).isEqualTo(ExitStatus.ABORTED.number());
    assertThat(run("run", "--resume", "--job", "one").err())
        .contains("cannot go on: it is aborted");
  }

  @Test
  void abort_ofARunInAnotherProcessAsksItAndWaits() {
    RunFolder folder = new Runs(this.folder.resolve(".rengo/runs")).run("one");
    RunRecord running =
        RunRecord.starting(
            "one", JobInput.read(this.folder.resolve("job.yaml"), Map.of()), Instant.EPOCH);
    folder.write(running);
    shell.pause = () -> folder.write(running.in(State.ABORTED, folder.abortRequested()));

    Shell.Result result = run("abort", "one", "--reason", "no more", "--format", "json");

    assertThat(result.status()).isZero();
    assertThat(result.json().at("/reason").asText()).isEqualTo("no more");
  }

  @Test
  void attendant_abortsTheJobWhenAnotherProcessAsksForIt() throws InterruptedException {
    Deployment deployment = new Deployment();
    deployment.begin("one");
    RunFolder folder = new Runs(this.folder).run("one");
    folder.write(
        RunRecord.starting(
            "one", JobInput.read(this.folder.resolve("job.yaml"), Map.of()), Instant.EPOCH));
    folder.requestAbort("no more");
    RoundTable table =
        new RoundTable(
            new Screen(
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                false,
                false,
                false));

    try (Attendant attendant =
        new Attendant(new PortsJobs(deployment.ports), "one", folder, table)) {
      assertThat(deployment.workflow.stopped.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(deployment.progress("one").reason()).contains("JOB_ABORTED: no more");
    }
  }

  /// Makes it look as if the run's process was killed.
  private void interrupt(String job) {
    RunFolder run = new Runs(folder.resolve(".rengo/runs")).run(job);
    RunRecord record = run.read().orElseThrow();
    run.write(
        new RunRecord(
            record.job(),
            State.RUNNING,
            record.started(),
            new RunRecord.RunningProcess(Long.MAX_VALUE, Optional.empty()),
            record.base(),
            record.file(),
            Optional.empty()));
  }
}
