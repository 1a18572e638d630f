package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.PrivacyReport;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Jobs with each mechanism, by the real state machines and agents.
class PrivateJobsTest {
  private static final String FILE =
      """
      model: {kind: mlp, layers: [4, 8, 2]}
      training: {trainer: dense, epochs: 1, batch-size: 8, learning-rate: 0.1}
      rounds: {count: 6, quorum: 2, deadline: 60s}
      """;
  private static final List<String> MEMBERS = IntStream.range(0, 6).mapToObj(i -> "m" + i).toList();

  private record Outcome(Progress progress, List<RoundReport> reports) {
    PrivacyReport spent() {
      return reports.getLast().privacy().orElseThrow();
    }
  }

  private static Outcome run(String privacy) {
    return run(FILE + privacy, SmallJob.trainers());
  }

  private static Outcome run(String file, Map<String, TrainerProvider> trainers) {
    List<RoundReport> reports = new ArrayList<>();
    SimulationConfig config =
        new SimulationConfig(
            Optional.empty(),
            new Federation("test"),
            MEMBERS,
            trainers,
            member -> () -> SmallJob.data(member),
            2);
    var input = Json.MAPPER.createObjectNode();
    input.set("file", JobFile.readTree(file, "private job"));
    try (Simulation simulation = new Simulation(config, event -> {})) {
      Workflow.Status status = simulation.run(SmallJob.JOB, input, reports::add);
      assertThat(status).isNotInstanceOf(Workflow.Status.Running.class);
      return new Outcome(
          Json.read(
              simulation.ports().records().get(RecordKeys.job(SmallJob.JOB)).orElseThrow().json(),
              Progress.class,
              "progress"),
          reports);
    }
  }

  @Test
  void central_withPoissonCohorts_publishesEveryRoundAndNamesNoMember() {
    Outcome outcome =
        run(
            """
            cohort: {rule: poisson, rate: 0.3}
            privacy: {mechanism: central, epsilon: 20, delta: 0.001, noise-multiplier: 2, clip-norm: 1, quantile: 0.5, amplification: true}
            """);
    assertThat(outcome.progress().published()).isEqualTo(6);
    assertThat(outcome.reports()).hasSize(6).allMatch(report -> report.accepted() == 0);
    assertThat(outcome.spent().samplingRate()).isEqualTo(0.3);
    assertThat(outcome.spent().epsilon()).isBetween(0.5, 4.0);
  }

  @Test
  void central_endsCompletedBeforeTheRoundThatCostsTooMuch() {
    Outcome outcome =
        run(
            "privacy: {mechanism: central, epsilon: 3, delta: 0.001, noise-multiplier: 2,"
                + " clip-norm: 1}");
    assertThat(outcome.progress().state()).isEqualTo(Progress.State.COMPLETED);
    assertThat(outcome.progress().published()).isBetween(1, 5);
    assertThat(outcome.progress().reason().orElse("")).startsWith("PRIVACY_SPENT");
    assertThat(outcome.spent().epsilon()).isLessThanOrEqualTo(3);
  }

  @Test
  void local_isBookedByTheServerAsByTheMembers() {
    Outcome outcome =
        run(
            "privacy: {mechanism: local, adjacency: replace, epsilon: 40, delta: 0.001,"
                + " noise-multiplier: 2, clip-norm: 1}");
    assertThat(outcome.progress().published()).isEqualTo(6);
    assertThat(outcome.reports()).allMatch(report -> report.accepted() == 6);
    assertThat(outcome.spent().epsilon()).isBetween(5.0, 40.0);
  }

  @Test
  void dpSgd_endsCompletedWhenTheMembersHaveSpentWhatTheyMay() {
    Outcome outcome =
        run(
            "privacy: {mechanism: dp-sgd, epsilon: 1.8, delta: 0.001, noise-multiplier: 1.5,"
                + " clip-norm: 1}");
    assertThat(outcome.progress().state()).isEqualTo(Progress.State.COMPLETED);
    assertThat(outcome.progress().published()).isBetween(1, 5);
    assertThat(outcome.progress().reason().orElse("")).startsWith("PRIVACY_SPENT: 6 of the 6");
    RoundReport last = outcome.reports().getLast();
    assertThat(last.outcome()).isEqualTo(RoundReport.Outcome.ABANDONED);
    assertThat(last.refusals())
        .hasSize(6)
        .allMatch(refusal -> refusal.code() == ErrorCode.PRIVACY_SPENT);
  }

  /// 48 examples each: a delta of 0.02 is below one of them, 0.021 is not.
  @ParameterizedTest
  @CsvSource({"0.02, dense, 6", "0.021, dense, 0", "0.02, plain, 0"})
  void dpSgd_isRefusedByMembersThatCannotHideTheirExamples(
      String delta, String trainer, int published) {
    Map<String, TrainerProvider> trainers = SmallJob.trainers();
    trainers.put("plain", new Plain(Objects.requireNonNull(trainers.get("dense"))));
    String file =
        FILE.replace("trainer: dense", "trainer: " + trainer)
            .replace("deadline: 60s", published > 0 ? "deadline: 60s" : "deadline: 2s, retries: 0");
    Outcome outcome =
        run(
            file
                + "privacy: {mechanism: dp-sgd, epsilon: 50, noise-multiplier: 1.5, clip-norm: 1,"
                + " delta: "
                + delta
                + "}",
            trainers);
    assertThat(outcome.progress().published()).isEqualTo(published);
    assertThat(outcome.reports().getLast().accepted()).isEqualTo(published > 0 ? 6 : 0);
  }

  /// A trainer that has nothing for single examples.
  private record Plain(TrainerProvider real) implements TrainerProvider {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public Trainer open(Context context) {
      return real.open(context);
    }
  }

  @Test
  void dpSgd_reportsWhatTheMembersSpentPerExample() {
    Outcome outcome =
        run(
            "privacy: {mechanism: dp-sgd, epsilon: 50, delta: 0.001, noise-multiplier: 1.5,"
                + " clip-norm: 1}");
    assertThat(outcome.progress().published()).isEqualTo(6);
    assertThat(outcome.spent().unit()).isEqualTo("example");
    assertThat(outcome.spent().epsilon()).isBetween(1.0, 20.0);
    assertThat(outcome.reports()).allMatch(report -> report.loss().isEmpty());
  }
}
