package io.rengo.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RoundReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Processes die for real while a deployed job runs: an agent in the middle of its training, and
/// the functions that aggregate. One member never answers at all.
class DeployedFaultsTest {
  private static final String FEDERATION = Deployed.newName("faults");
  private static final String JOB =
      """
      seed: 3
      model: {kind: tensors, tensors: [{name: kernel, shape: [64, 10], init: zeros}, {name: bias, shape: [10], init: zeros}]}
      training: {trainer: process, epochs: 2, learning-rate: 0.1, settings: {scale: 0.0625}}
      server-optimizer: {name: fedavgm, momentum: 0.5}
      rounds: {count: 1, quorum: 2, deadline: 40s}
      """;

  @TempDir static Path folder;
  private static Deployed deployed;
  private static Federated federated;

  @BeforeAll
  static void deploy() throws Exception {
    federated = Federated.in(folder);
    try (InputStream script = DeployedFaultsTest.class.getResourceAsStream("train.sh")) {
      Files.copy(script, folder.resolve("train.sh"));
    }
    deployed = Deployed.deploy(FEDERATION, folder);
  }

  @AfterAll
  static void destroy() throws Exception {
    deployed.destroy(folder);
  }

  @Test
  void killedAgentAndFunctionsAndASilentMember_costTheRoundNothingButTheSilentMember()
      throws Exception {
    ObjectNode input = Json.MAPPER.createObjectNode();
    input.set("file", JobFile.readTree(JOB, "job"));
    Set<String> killed = new ConcurrentSkipListSet<>();
    Thread killer = Thread.ofPlatform().daemon().start(() -> killEachOnce(killed));
    try (WatchService watch = folder.getFileSystem().newWatchService();
        AgentProcess second = agent("member-2")) {
      folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      AgentProcess first = agent("member-1");
      String execution = deployed.start("faults", input);
      awaitTraining(watch);
      first.process().destroyForcibly().onExit().join();
      try (AgentProcess again = agent("member-1")) {
        DescribeExecutionResponse ended = deployed.await(execution);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      }
    } finally {
      killer.interrupt();
    }

    assertThat(killed).contains("FoldTiles", "StepShards");
    RoundReport report =
        Json.read(
            deployed
                .ports()
                .objects()
                .get(new ObjectKeys("faults").report(1))
                .orElseThrow()
                .content(),
            RoundReport.class,
            "report");
    assertThat(report.outcome()).isEqualTo(RoundReport.Outcome.PUBLISHED);
    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.refusals()).isEmpty();
    assertThat(
            deployed
                .ports()
                .records()
                .list(RecordKeys.roundPartition("faults", 1), RecordKeys.ACCEPTED))
        .extracting(record -> Json.read(record.json(), AcceptedUpdate.class, "").member())
        .containsExactly("member-1", "member-2");
  }

  private static AgentProcess agent(String member) throws IOException {
    return AgentProcess.start(federated, FEDERATION, member, deployed.environment());
  }

  /// Waits for the folder that the first member's command makes when its training begins.
  private static void awaitTraining(WatchService watch) throws InterruptedException {
    while (!Files.isDirectory(folder.resolve("training"))) {
      var key = watch.poll(60, TimeUnit.SECONDS);
      assertThat(key).as("the first member's training begins").isNotNull();
      key.pollEvents();
      key.reset();
    }
  }

  /// Kills the first process of each aggregating function that is seen to work.
  private static void killEachOnce(Set<String> killed) {
    List<String> functions = List.of("FoldTiles", "StepShards");
    while (!Thread.currentThread().isInterrupted() && !killed.containsAll(functions)) {
      ProcessHandle.allProcesses()
          .forEach(process ->
              function(process)
                  .filter(functions::contains)
                  .filter(killed::add)
                  .ifPresent(name -> process.destroyForcibly()));
    }
  }

  private static Optional<String> function(ProcessHandle process) {
    try {
      String environment = Files.readString(Path.of("/proc/" + process.pid() + "/environ"));
      return environment.contains("RENGO_FEDERATION=" + FEDERATION)
          ? environment
              .lines()
              .flatMap(line -> List.of(line.split("\0")).stream())
              .filter(variable -> variable.startsWith("RENGO_FUNCTION="))
              .map(variable -> variable.substring("RENGO_FUNCTION=".length()))
              .findFirst()
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
