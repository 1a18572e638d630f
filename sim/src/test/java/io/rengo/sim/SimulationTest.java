package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.identity.TestFederation;
import io.rengo.local.states.Event;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
  @Test
  void jobTrainsItsRoundsAndEvaluatesTheLastModel() {
    List<RoundReport> reports = new ArrayList<>();

    ModelRef model = SmallJob.run(Optional.empty(), event -> {}, reports::add);

    assertThat(model.version()).isEqualTo(3);
    assertThat(reports)
        .extracting(RoundReport::purpose)
        .containsExactly(Purpose.TRAIN, Purpose.TRAIN, Purpose.TRAIN, Purpose.EVALUATE);
    assertThat(reports).allSatisfy(report -> assertThat(report.accepted()).isEqualTo(3));
    assertThat(reports.getLast().accuracy().orElseThrow()).isGreaterThan(0.9);
  }

  @Test
  void sameSeedsGiveTheSameModelInMemoryAndInAFolder(@TempDir Path folder) {
    ModelRef first = SmallJob.run(Optional.empty(), event -> {}, report -> {});
    ModelRef second = SmallJob.run(Optional.of(folder), event -> {}, report -> {});

    assertThat(second.hash()).isEqualTo(first.hash());
  }

  @Test
  void sealedUpdatesGiveTheSameModel(@TempDir Path folder) {
    ModelRef plain = SmallJob.run(Optional.empty(), event -> {}, report -> {});
    ModelRef sealed = SmallJob.run(SmallJob.config(Optional.of(folder)).withSeals());

    assertThat(sealed.hash()).isEqualTo(plain.hash());
  }

  @Test
  void signedTasksAndUpdatesGiveTheSameModel() throws Exception {
    TestFederation federation = new TestFederation(Instant.now());
    Identities identities =
        new Identities(
            federation.authority(),
            Pem.write("X509 CRL", federation.list().getEncoded()),
            federation.signer("coordinator", Role.COORDINATOR),
            member -> federation.signer(member, Role.MEMBER));

    ModelRef plain = SmallJob.run(Optional.empty(), event -> {}, report -> {});
    ModelRef signed = SmallJob.run(SmallJob.config(Optional.empty()).withSeals().with(identities));

    assertThat(signed.hash()).isEqualTo(plain.hash());
  }

  @Test
  void roundPassesItsStatesInOrder() {
    List<String> states = new CopyOnWriteArrayList<>();

    SmallJob.run(
        Optional.empty(),
        event -> {
          if (event instanceof Event.StateEntered entered
              && entered.execution().equals(SmallJob.JOB + "-1")) {
            states.add(entered.state());
          }
        },
        report -> {});

    assertThat(states)
        .containsExactly(
            "SelectCohort",
            "DispatchTasks",
            "AwaitUpdates",
            "CloseRound",
            "CheckQuorum",
            "PlanTiles",
            "CheckPlan",
            "FoldTiles",
            "FoldTile",
            "CheckUpdates",
            "StepShards",
            "StepShard",
            "PublishModel",
            "RecordRound",
            "SucceedRound");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{rule: {name: geometric-median}, scores: true}",
        "{rule: {name: foolsgold}}",
        "{rule: {name: centered-clipping, tau: 10}}",
        "{rule: {name: trimmed-mean, trim: 1}}"
      })
  void robustRulesRunThroughTheSameStateMachine(String aggregation) {
    List<RoundReport> reports = new ArrayList<>();
    List<String> states = new CopyOnWriteArrayList<>();
    try (Simulation simulation =
        new Simulation(
            SmallJob.config(Optional.empty()),
            event -> {
              if (event instanceof Event.StateEntered entered
                  && entered.execution().equals(SmallJob.JOB + "-2")) {
                states.add(entered.state());
              }
            })) {
      ObjectNode input = SmallJob.input().deepCopy();
      ((ObjectNode) input.get("file"))
          .set("aggregation", JobFile.readTree(aggregation, "aggregation"));

      Workflow.Status status = simulation.run(SmallJob.JOB, input, reports::add);

      assertThat(status).isInstanceOf(Workflow.Status.Succeeded.class);
    }
    assertThat(reports.getLast().accuracy().orElseThrow()).isGreaterThan(0.9);
    boolean measured = !aggregation.contains("trimmed-mean");
    assertThat(states.contains("MeasureTile")).isEqualTo(measured);
    assertThat(states.contains("WeighUpdates")).isEqualTo(measured);
    assertThat(reports.get(1).scores()).hasSize(measured ? 3 : 0);
  }

  @Test
  void jobFileWithAnErrorFailsTheExecutionAndSaysWhere() {
    try (Simulation simulation = new Simulation(SmallJob.config(Optional.empty()))) {
      var input = SmallJob.input().deepCopy();
      ((ObjectNode) input.get("file").get("rounds")).put("quorum", 9);

      Workflow.Status status = simulation.run("wrong", input, report -> {});

      assertThat(status).isInstanceOf(Workflow.Status.Failed.class);
      assertThat(((Workflow.Status.Failed) status).cause())
          .contains(ErrorCode.JOB_INVALID.name(), "rounds.quorum", "Lower rounds.quorum");
    }
  }
}
