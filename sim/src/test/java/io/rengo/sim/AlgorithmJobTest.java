package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.RoundReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The client algorithms through agents, steps and state machines: on digits, of which most members
/// have few classes.
class AlgorithmJobTest {
  private static final String SKEWED =
      """
      simulation: {members: 5, data: {format: csv, path: digits.csv.gz, normalise: {kind: scale,
      by: 0.0625}}, partition: {kind: dirichlet, alpha: 0.1, seed: 42, min-examples: 40}},
      training: {trainer: dense, epochs: %d, batch-size: 16, learning-rate: 0.05},
      rounds: {count: 20, quorum: 4, deadline: 5m}, cohort: {rule: uniform, size: 4}
      """;

  @ParameterizedTest
  @CsvSource({
    "'name: scaffold', 4",
    "'name: scaffold, option: 1', 1",
    "'name: fednova', 4",
    "'name: feddyn, alpha: 0.05', 4"
  })
  void learnsFromMembersOfFewClasses(String algorithm, int epochs) {
    String job = SKEWED.formatted(epochs);
    double plain = Digits.accuracy(job);

    assertThat(Digits.accuracy("algorithm: {%s}, %s".formatted(algorithm, job)))
        .isGreaterThan(plain - 0.02);
  }

  @Test
  void firstRoundOfScaffoldIsThatOfFedavgWithEqualWeights() {
    String one = "rounds: {count: 1, quorum: 5}";

    assertThat(model(Digits.run("algorithm: {name: scaffold}, " + one)))
        .isEqualTo(model(Digits.run("aggregation: {max-examples: 1}, " + one)));
  }

  @Test
  void sameSeedsGiveTheSameModel() {
    String job =
        "algorithm: {name: scaffold}, rounds: {count: 4, quorum: 4}, cohort: {rule:"
            + " uniform, size: 4}";

    assertThat(model(Digits.run(job))).isEqualTo(model(Digits.run(job)));
  }

  private static String model(List<RoundReport> reports) {
    return reports.getLast().model().hash();
  }
}
