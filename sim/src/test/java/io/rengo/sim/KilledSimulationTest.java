package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The simulator's process is killed as each state begins, and started again on the same folder.
class KilledSimulationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "StartJob, 1",
    "Decide, 2",
    "FollowDecision, 3",
    "RunRound, 2",
    "SelectCohort, 2",
    "DispatchTasks, 2",
    "AwaitUpdates, 2",
    "CloseRound, 2",
    "CheckQuorum, 2",
    "PlanTiles, 2",
    "CheckPlan, 2",
    "FoldTile, 2",
    "CheckUpdates, 2",
    "StepShard, 2",
    "PublishModel, 2",
    "RecordRound, 2",
    "SucceedRound, 2",
    "RecordEvaluation, 1",
    "FinishJob, 1",
    "CheckResult, 1"
  })
  void killedRun_goesOnToTheSameModel(String state, int nth) throws Exception {
    String undisturbed = SmallJob.run(Optional.empty(), event -> {}, report -> {}).hash();

    Run killed = run(folder.toString(), state, Integer.toString(nth));
    Run resumed = run(folder.toString());

    assertThat(killed.exit()).as("exit status of the killed run").isEqualTo(137);
    assertThat(resumed.exit()).as(resumed.output()).isZero();
    assertThat(resumed.output().strip()).endsWith(undisturbed);
  }

  @ParameterizedTest
  @CsvSource({
    "RunBuffer, 1",
    "OpenBuffer, 1",
    "SelectCohort, 2",
    "AwaitUpdates, 2",
    "CloseRound, 2",
    "FoldTile, 2",
    "PublishModel, 2",
    "Decide, 3",
    "NextFilling, 2",
    "SucceedBuffer, 1"
  })
  void killedBuffer_goesOnToTheSameModel(String state, int nth) throws Exception {
    String undisturbed = SmallJob.buffered(Optional.empty(), event -> {}).hash();

    Run killed = run(folder.toString(), state, Integer.toString(nth), "buffer");
    Run resumed = run(folder.toString(), "none", "1", "buffer");

    assertThat(killed.exit()).as("exit status of the killed run").isEqualTo(137);
    assertThat(resumed.exit()).as(resumed.output()).isZero();
    assertThat(resumed.output().strip()).endsWith(undisturbed);
  }

  record Run(int exit, String output) {}

  static Run run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(KilledRun.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
