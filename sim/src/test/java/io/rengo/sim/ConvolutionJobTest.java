package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.Safetensors;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Convolutions by the trainer `dense`, with and without a promise.
class ConvolutionJobTest {
  private static final String FILE =
      """
      model:
        kind: cnn
        input: [8, 8, 1]
        convolutions: [{filters: 16, kernel: 3, stride: 1, pool: 2}]
        layers: [10]
      training: {trainer: dense, epochs: 2, batch-size: 48, learning-rate: 0.5}
      rounds: {count: 10, quorum: 5, deadline: 5m}
      simulation:
        members: 5
        data: {format: csv, path: digits.csv.gz, normalise: {kind: scale, by: 0.0625}}
        partition: {kind: uniform, seed: 42}
      """;

  private record Outcome(double accuracy, RoundReport last) {}

  private static Outcome run(String sections) {
    JsonNode file = JobFile.readTree(FILE + sections, "convolutions");
    JobSpec spec = JobFile.parse(file, "convolutions");
    List<RoundReport> reports = new ArrayList<>();
    try (Simulation simulation = new Simulation(Digits.config(spec, Optional.empty()))) {
      JsonNode input = Json.MAPPER.createObjectNode().set("file", file);
      assertThat(simulation.run("cnn", input, reports::add))
          .isInstanceOf(Workflow.Status.Succeeded.class);
      float[] model =
          Safetensors.read(
              simulation
                  .ports()
                  .objects()
                  .get(new ObjectKeys("cnn").model(10))
                  .orElseThrow()
                  .content(),
              spec.model().layout());
      return new Outcome(Digits.accuracy(spec, model), reports.getLast());
    }
  }

  @Test
  void plainJob_learnsDigits() {
    assertThat(run("").accuracy()).isGreaterThan(0.87);
  }

  @Test
  void privateJob_learnsDigitsAndTellsWhatItsExamplesSpent() {
    Outcome outcome =
        run(
            "privacy: {mechanism: dp-sgd, epsilon: 8, delta: 1.0e-4, noise-multiplier: 1.5,"
                + " clip-norm: 1}\n");
    assertThat(outcome.accuracy()).isGreaterThan(0.72);
    assertThat(outcome.last().privacy().orElseThrow().unit()).isEqualTo("example");
    assertThat(outcome.last().privacy().orElseThrow().epsilon()).isBetween(2.0, 8.0);
  }
}
