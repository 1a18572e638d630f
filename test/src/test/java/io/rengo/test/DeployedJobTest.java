package io.rengo.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.core.privacy.Adjacency;
import io.rengo.core.seal.SealedHeader;
import io.rengo.local.states.Event;
import io.rengo.protocol.AuditReport;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PrivacyLedger;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Signed;
import io.rengo.sim.Simulation;
import io.rengo.sim.SimulationConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// A DeepLearning4J job on a deployed federation that signs and seals, with three agents as
/// processes, beside the same job in the simulator.
class DeployedJobTest {
  private static final String FEDERATION = Deployed.newName("e2e");
  private static final String JOB = "digits";

  @TempDir static Path folder;
  private static Deployed deployed;
  private static Federated federated;
  private static Certified certified;

  @BeforeAll
  static void deploy() throws Exception {
    federated = Federated.in(folder);
    certified = Certified.of(FEDERATION, folder);
    deployed = Deployed.deploy(FEDERATION, folder, "authority=" + certified.authority());
    certified.publish(deployed.environment());
  }

  @AfterAll
  static void destroy() throws Exception {
    deployed.destroy(folder);
  }

  @Test
  void deployedJob_givesTheSimulatorsModelByTheSameStates() throws Exception {
    try (Agents agents = new Agents()) {
      for (String member : Federated.MEMBERS) {
        agents.start(member, "policy: " + policy(member));
      }
      String execution = deployed.start(JOB, input());
      approve("member-1");
      DescribeExecutionResponse ended = deployed.await(execution);
      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);

      Simulated simulated = simulate();
      assertThat(model(deployed.ports().objects())).hasSize(simulated.model().length);
      assertThat(largestDifference(model(deployed.ports().objects()), simulated.model()))
          .isLessThan(1e-6);
      assertThat(deployed.states(ended.executionArn())).isEqualTo(simulated.states().get(JOB));
      String rounds = new Federation(FEDERATION).roundStateMachine();
      for (String round : List.of(JOB + "-1", JOB + "-2")) {
        assertThat(deployed.states(execution(rounds, round)))
            .isEqualTo(simulated.states().get(round));
      }
      assertSignedAndSealed();
      assertToldOf();
    }
  }

  /// Agents of members that are certified, each a process.
  private static final class Agents implements AutoCloseable {
    private final List<AgentProcess> processes = new ArrayList<>();

    void start(String member, String... settings) throws IOException {
      String[] all = Arrays.copyOf(settings, settings.length + 1);
      all[settings.length] = "trust: " + certified.trust(member);
      processes.add(AgentProcess.start(federated, FEDERATION, member, deployed.environment(), all));
    }

    @Override
    public void close() throws IOException {
      for (AgentProcess process : processes) {
        process.close();
      }
    }
  }

  /// What a member accepts: the first one's data owner wants to be asked.
  private static Path policy(String member) throws IOException {
    String approval = member.equals("member-1") ? "required" : "none";
    return Files.writeString(
        folder.resolve(member + "-policy.yaml"), "approval: " + approval + "\n");
  }

  /// The data owner looks twice a second whether the job asks.
  private static void approve(String member) throws Exception {
    Path pending = folder.resolve("work-" + member + "/approvals/pending/" + JOB + ".json");
    Instant latest = Instant.now().plus(Duration.ofMinutes(3));
    while (!Files.exists(pending)) {
      assertThat(Instant.now()).as("time that %s may take to ask", member).isBefore(latest);
      Thread.sleep(500);
    }
    io.rengo.agent.Main.main(
        new String[] {"approve", JOB, "--config", folder.resolve(member + ".yaml").toString()});
  }

  /// What the ledger tells besides: what ran, and who approved it.
  private static void assertToldOf() throws Exception {
    assertThat(audit("show"))
        .containsPattern("by code [0-9a-f]{12}…, definitions of the state machines [0-9a-f]{12}…")
        .containsPattern("(?m)counted  member-1 .* approved at .* for configuration [0-9a-f]{12}…$")
        .containsPattern("(?m)counted  member-2 .* bytes$");
  }

  /// What the command line says of the job's ledger.
  private static String audit(String verb) throws Exception {
    return certified.rengo(
        deployed.environment(),
        "audit",
        verb,
        JOB,
        "--on",
        "aws",
        "--federation",
        FEDERATION,
        "--authority",
        certified.authority().toString());
  }

  /// The key service's own signatures, checked by the command line from the bucket alone.
  private static void assertSignedAndSealed() throws Exception {
    assertThat(audit("verify"))
        .contains("the ledger of " + JOB + " is whole", "each signed by the federation");
    ObjectStore objects = deployed.ports().objects();
    String updates = new ObjectKeys(JOB).updates(1);
    assertThat(objects.list(updates)).hasSize(2 * Federated.MEMBERS.size());
    for (ObjectStore.ObjectInfo object : objects.list(updates)) {
      ByteBuffer content = objects.get(object.key()).orElseThrow().content();
      if (object.key().endsWith("manifest.json")) {
        assertThat(Json.read(content, Signed.class, object.key()).kind()).isEqualTo(Kind.UPDATE);
      } else {
        assertThat(SealedHeader.isSealed(content)).isTrue();
      }
    }
  }

  /// Noise by the server, the ledger, and the audit that the job ends with.
  @Test
  void privateJob_spendsNoMoreThanItMayAndIsAudited() throws Exception {
    String job = "private";
    JsonNode file =
        JobFile.readTree(
            """
            model: {kind: mlp, layers: [64, 10]}
            training: {trainer: dense, epochs: 1, batch-size: 32}
            rounds: {count: 20, deadline: 120s}
            privacy:
              {mechanism: central, epsilon: 2, delta: 0.001, noise-multiplier: 3, clip-norm: 1,
               quantile: 0.5}
            audit: {shadows: 2, epochs: 1, max-auc: 0.7, beside-privacy: true}
            """,
            "private job");
    try (Agents agents = new Agents()) {
      for (String member : Federated.MEMBERS) {
        agents.start(member);
      }
      DescribeExecutionResponse ended =
          deployed.await(deployed.start(job, Json.MAPPER.createObjectNode().set("file", file)));
      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
    Ports ports = deployed.ports();
    Progress progress =
        Json.read(
            ports.records().get(RecordKeys.job(job)).orElseThrow().json(), Progress.class, job);
    PrivacyLedger ledger =
        Json.read(
            ports.records().get(RecordKeys.privacyLedger()).orElseThrow().json(),
            PrivacyLedger.class,
            "ledger");
    double spent = ledger.epsilon(job, 0.001, Adjacency.ADD_REMOVE);
    RoundReport report = read(ports, new ObjectKeys(job).report(1), RoundReport.class);
    AuditReport audit = read(ports, new ObjectKeys(job).audit(), AuditReport.class);
    assertThat(progress.published()).isBetween(1, 19);
    assertThat(progress.state()).isEqualTo(Progress.State.COMPLETED);
    assertThat(spent).isBetween(0.5, 2.0);
    assertThat(report.privacy().orElseThrow().limit()).isEqualTo(2);
    assertThat(report.accepted()).isZero();
    assertThat(audit.members()).isEqualTo(3);
    assertThat(audit.model()).isEqualTo(progress.model());
  }

  /// Three members, of whom each two that have answered fill the buffer.
  @Test
  void bufferedJob_takesItsStepsInOneExecution() throws Exception {
    String job = "buffered";
    JsonNode file =
        JobFile.readTree(
            """
            model: {kind: mlp, layers: [64, 10]}
            training: {trainer: dense, epochs: 1, batch-size: 32}
            rounds: {count: 4, quorum: 1, deadline: 120s}
            buffer: {size: 2}
            """,
            "buffered job");
    try (Agents agents = new Agents()) {
      for (String member : Federated.MEMBERS) {
        agents.start(member);
      }
      DescribeExecutionResponse ended =
          deployed.await(deployed.start(job, Json.MAPPER.createObjectNode().set("file", file)));
      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
    Ports ports = deployed.ports();
    assertThat(
            deployed.states(execution(new Federation(FEDERATION).bufferStateMachine(), job + "-1")))
        .startsWith("OpenBuffer", "SelectCohort", "DispatchTasks", "AwaitUpdates", "CloseRound")
        .endsWith("RecordRound", "Decide", "FollowDecision", "SucceedBuffer")
        .satisfies(states -> assertThat(Collections.frequency(states, "PublishModel")).isEqualTo(4))
        .satisfies(states -> assertThat(Collections.frequency(states, "NextFilling")).isEqualTo(3));
    for (int filling = 1; filling <= 4; filling++) {
      RoundReport report = read(ports, new ObjectKeys(job).report(filling), RoundReport.class);
      assertThat(report.outcome()).isEqualTo(RoundReport.Outcome.PUBLISHED);
      assertThat(report.accepted()).isBetween(2, 3);
    }
  }

  private static <T> T read(Ports ports, String key, Class<T> type) {
    return Json.read(ports.objects().get(key).orElseThrow().content(), type, key);
  }

  @Test
  void wrongJobFile_failsTheExecutionWithTheFieldAndTheMend() throws Exception {
    ObjectNode input = input();
    ((ObjectNode) input.get("file").get("rounds")).put("quorum", "many");

    DescribeExecutionResponse ended = deployed.await(deployed.start("wrong", input));

    assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(ended.cause()).contains(ErrorCode.JOB_INVALID.name(), "rounds.quorum");
  }

  @Test
  void agentWithoutAQueue_saysWhichQueueIsMissing() throws Exception {
    Files.copy(folder.resolve("member-1.csv"), folder.resolve("stranger.csv"));
    try (AgentProcess agent =
        AgentProcess.start(federated, FEDERATION, "stranger", deployed.environment())) {
      assertThat(agent.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(agent.process().exitValue()).isEqualTo(1);
      assertThat(Files.readString(agent.log()))
          .contains(
              ErrorCode.QUEUE_MISSING.name(), new Federation(FEDERATION).memberQueue("stranger"));
    }
  }

  private static ObjectNode input() {
    return Json.MAPPER.createObjectNode().set("file", Federated.job());
  }

  private static String execution(String stateMachine, String name) {
    return deployed
            .jobStateMachine()
            .replace(":stateMachine:", ":execution:")
            .replace(new Federation(FEDERATION).jobStateMachine(), stateMachine)
        + ":"
        + name;
  }

  private record Simulated(float[] model, Map<String, List<String>> states) {}

  private static Simulated simulate() {
    Map<String, List<String>> states = new TreeMap<>();
    SimulationConfig config =
        new SimulationConfig(
            Optional.empty(),
            new Federation(FEDERATION),
            Federated.MEMBERS,
            Federated.trainers(),
            federated::load,
            1);
    try (Simulation simulation =
        new Simulation(
            config,
            event -> {
              if (event instanceof Event.StateEntered entered) {
                synchronized (states) {
                  states
                      .computeIfAbsent(entered.execution(), name -> new ArrayList<>())
                      .add(entered.state());
                }
              }
            })) {
      assertThat(simulation.run(JOB, input(), report -> {}))
          .isInstanceOf(Workflow.Status.Succeeded.class);
      return new Simulated(model(simulation.ports().objects()), states);
    }
  }

  private static float[] model(ObjectStore objects) {
    JsonNode job = Federated.job();
    Layout layout = JobFile.parse(job, "job").model().layout();
    return Safetensors.read(
        objects.get(new ObjectKeys(JOB).model(2)).orElseThrow().content(), layout);
  }

  private static double largestDifference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
