package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.core.Safetensors;
import io.rengo.local.states.Event;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Updates that several workers sum a part of each.
class PartialSumsTest {
  private static final String JOB =
      """
      seed: 5
      model: {kind: mlp, layers: [4, 40000, 2]}
      training: {trainer: dense, epochs: 1, batch-size: 48, learning-rate: 0.1}
      rounds: {count: 2, quorum: 2, deadline: 60s}
      server-optimizer: {name: fedavgm, momentum: 0.5}
      """;

  private final List<String> states = new CopyOnWriteArrayList<>();

  /// The model that the job publishes last.
  private float[] run(String aggregation) {
    SimulationConfig three = SmallJob.config(Optional.empty());
    SimulationConfig config =
        new SimulationConfig(
            three.folder(),
            three.federation(),
            IntStream.rangeClosed(1, 18).mapToObj("m-%02d"::formatted).toList(),
            three.trainers(),
            three.data(),
            2);
    JsonNode file = JobFile.readTree(JOB + aggregation, "job");
    ObjectNode input = Json.MAPPER.createObjectNode().set("file", file);
    states.clear();
    try (Simulation simulation =
        new Simulation(
            config,
            event -> {
              if (event instanceof Event.StateEntered entered
                  && entered.execution().equals("sums-2")) {
                states.add(entered.state());
              }
            })) {
      assertThat(simulation.run("sums", input, report -> {}))
          .isInstanceOf(Workflow.Status.Succeeded.class);
      JobSpec spec = JobFile.parse(file, "job");
      return Safetensors.read(
          simulation.ports().objects().get(new ObjectKeys("sums").model(2)).orElseThrow().content(),
          spec.model().layout());
    }
  }

  @Test
  void partsOfSumsAreMergedInATree() {
    float[] flat = run("");
    assertThat(states).contains("StepShards").doesNotContain("MergeTiles");

    float[] parts = run("aggregation: {tile-bytes: 1048576}");

    assertThat(states.stream().filter("FoldTile"::equals)).hasSize(18);
    assertThat(states.stream().filter("MergeTile"::equals)).hasSize(2);
    assertThat(states)
        .containsSubsequence(
            "FoldTiles", "CheckUpdates", "MergeTiles", "CheckMerges", "StepShards");
    for (int i = 0; i < flat.length; i++) {
      assertThat(Math.abs(parts[i] - flat[i])).isLessThan(1e-6f);
    }
  }
}
