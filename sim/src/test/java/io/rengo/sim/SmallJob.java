package io.rengo.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.agent.Examples;
import io.rengo.agent.MemberData;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.SplitMix64;
import io.rengo.local.states.Event;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A job that ends within a second: three members learn to tell two clouds of points apart.
final class SmallJob {
  static final List<String> MEMBERS = List.of("a", "b", "c");
  static final String JOB = "small";

  private static final String FILE =
      """
      seed: 5
      model: {kind: mlp, layers: [4, 8, 2]}
      training: {trainer: dense, epochs: 1, batch-size: 8, learning-rate: 0.1}
      rounds: {count: 3, quorum: 2, deadline: 60s}
      server-optimizer: {name: fedavgm, momentum: 0.5}
      """;

  private SmallJob() {}

  static SimulationConfig config(Optional<Path> folder) {
    return new SimulationConfig(
        folder, new Federation("test"), MEMBERS, trainers(), member -> () -> data(member), 2);
  }

  static Map<String, TrainerProvider> trainers() {
    Map<String, TrainerProvider> trainers = new TreeMap<>();
    ServiceLoader.load(TrainerProvider.class)
        .forEach(provider -> trainers.put(provider.name(), provider));
    return trainers;
  }

  static JsonNode input() {
    return Json.MAPPER.createObjectNode().set("file", JobFile.readTree(FILE, "small job"));
  }

  static ModelRef run(
      Optional<Path> folder, Consumer<Event> events, Consumer<RoundReport> onRound) {
    return run(config(folder), events, onRound);
  }

  static ModelRef run(SimulationConfig config) {
    return run(config, event -> {}, report -> {});
  }

  private static ModelRef run(
      SimulationConfig config, Consumer<Event> events, Consumer<RoundReport> onRound) {
    return run(config, input(), events, onRound);
  }

  /// The same job with a buffer that every member fills: the same model each time.
  static ModelRef buffered(Optional<Path> folder, Consumer<Event> events) {
    ObjectNode input = input().deepCopy();
    ((ObjectNode) input.get("file")).set("buffer", JobFile.readTree("{size: 3}", "buffer"));
    return run(config(folder), input, events, report -> {});
  }

  private static ModelRef run(
      SimulationConfig config,
      JsonNode input,
      Consumer<Event> events,
      Consumer<RoundReport> onRound) {
    try (Simulation simulation = new Simulation(config, events)) {
      Workflow.Status status = simulation.run(JOB, input, onRound);
      if (!(status instanceof Workflow.Status.Succeeded)) {
        throw new AssertionError("the job did not succeed: " + status);
      }
      return Json.read(
              simulation.ports().records().get(RecordKeys.job(JOB)).orElseThrow().json(),
              Progress.class,
              "progress")
          .model();
    }
  }

  static MemberData data(String member) {
    SplitMix64 random = SplitMix64.derive(3, member);
    int rows = 48;
    float[] features = new float[rows * 4];
    float[] targets = new float[rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = row % 2;
      for (int column = 0; column < 4; column++) {
        features[row * 4 + column] = (float) (random.nextGaussian() + (row % 2 == 0 ? -1 : 1));
      }
    }
    Examples all = new Examples(rows, 4, features, targets);
    return new MemberData(all, all);
  }
}
