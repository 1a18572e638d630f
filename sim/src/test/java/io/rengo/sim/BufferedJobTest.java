package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.LocalUpdate;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.MetricSums;
import io.rengo.local.states.Event;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// A job with a buffer beside one with rounds, where one member of five takes ten times as long.
class BufferedJobTest {
  private static final Duration FAST = Duration.ofMillis(60);
  private static final Duration SLOW = FAST.multipliedBy(10);
  private static final double GOOD = 0.9;

  private record Run(List<RoundReport> reports, double secondsToGood) {}

  @Test
  void reachesTheAccuracyEarlierThanRoundsThatWaitForAStraggler() {
    Run rounds = run("rounds: {count: 25, quorum: 2, deadline: 5m}, stop: {accuracy: 0.9}");
    Run buffer =
        run(
            "buffer: {size: 4}, rounds: {count: 120, quorum: 1, deadline: 5m},"
                + " stop: {accuracy: 0.9}");

    assertThat(rounds.reports().getLast().accuracy().orElseThrow()).isGreaterThan(GOOD - 0.02);
    assertThat(buffer.reports().getLast().accuracy().orElseThrow()).isGreaterThan(GOOD - 0.02);
    assertThat(buffer.secondsToGood()).isLessThan(rounds.secondsToGood() / 1.5);
  }

  @Test
  void countsWhatTheStragglerSendsInALaterFilling() {
    Run run =
        run(
            "buffer: {size: 4}, rounds: {count: 25, quorum: 1, deadline: 5m},"
                + " aggregation: {scores: true}");

    assertThat(run.reports())
        .filteredOn(report -> report.outcome() == RoundReport.Outcome.PUBLISHED)
        .hasSize(25)
        .allSatisfy(report -> assertThat(report.accepted()).isBetween(4, 5))
        .allSatisfy(report -> assertThat(report.refusals()).isEmpty())
        .anySatisfy(report ->
            assertThat(report.scores())
                .anySatisfy(update -> assertThat(update.member()).isEqualTo("member-001")));
  }

  /// The evaluation is a round.
  @Test
  void allFillingsAreOneExecutionOfTheBuffersDefinition() {
    Map<String, List<String>> states = new ConcurrentHashMap<>();
    SmallJob.buffered(
        Optional.empty(),
        event -> {
          if (event instanceof Event.StateEntered entered) {
            states
                .computeIfAbsent(entered.execution(), name -> new CopyOnWriteArrayList<>())
                .add(entered.state());
          }
        });

    assertThat(states).containsOnlyKeys("small", "small-1", "small-5");
    assertThat(states.get("small")).containsOnlyOnce("RunBuffer").containsOnlyOnce("RunRound");
    assertThat(states.get("small-5")).contains("RecordEvaluation");
    assertThat(states.getOrDefault("small-1", List.of()))
        .startsWith("OpenBuffer", "SelectCohort", "DispatchTasks", "AwaitUpdates", "CloseRound")
        .endsWith("PublishModel", "RecordRound", "Decide", "FollowDecision", "SucceedBuffer")
        .satisfies(all -> assertThat(Collections.frequency(all, "PublishModel")).isEqualTo(3))
        .satisfies(all -> assertThat(Collections.frequency(all, "NextFilling")).isEqualTo(2));
  }

  private static Run run(String sections) {
    JsonNode file = Digits.file(sections);
    JobSpec spec = JobFile.parse(file, "digits");
    SimulationConfig plain = Digits.config(spec, Optional.empty());
    SimulationConfig config =
        new SimulationConfig(
            plain.folder(),
            plain.federation(),
            plain.members(),
            Map.of(
                "dense",
                new Straggling(Objects.requireNonNull(plain.trainers().get("dense")), plain)),
            plain.data(),
            5);
    List<RoundReport> reports = new ArrayList<>();
    Instant begin = Instant.now();
    List<Double> good = new ArrayList<>();
    try (Simulation simulation = new Simulation(config)) {
      JsonNode input = Json.MAPPER.createObjectNode().set("file", file);
      Workflow.Status status =
          simulation.run(
              "digits",
              input,
              report -> {
                reports.add(report);
                if (report.accuracy().orElse(0.0) >= GOOD) {
                  good.add(Duration.between(begin, Instant.now()).toMillis() / 1e3);
                }
              });
      assertThat(status).isInstanceOf(Workflow.Status.Succeeded.class);
    }
    return new Run(reports, good.isEmpty() ? Double.MAX_VALUE : good.getFirst());
  }

  /// Trainers that take their time, the first member's ten times as long.
  private record Straggling(TrainerProvider provider, SimulationConfig config)
      implements TrainerProvider {
    @Override
    public String name() {
      return provider.name();
    }

    @Override
    public Trainer open(Context context) {
      Trainer trainer = provider.open(context);
      boolean slow = context.data().get() == config.data().apply(config.members().getFirst()).get();
      return new Trainer() {
        @Override
        public MetricSums evaluate(float[] parameters) {
          return trainer.evaluate(parameters);
        }

        @Override
        public LocalUpdate train(float[] parameters, LocalTraining settings) {
          Instant end = Instant.now().plus(slow ? SLOW : FAST);
          LocalUpdate update = trainer.train(parameters, settings);
          while (Instant.now().isBefore(end)) {
            LockSupport.parkUntil(end.toEpochMilli());
          }
          return update;
        }
      };
    }
  }
}
