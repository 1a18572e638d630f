package io.rengo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.agent.MemberData;
import io.rengo.agent.TrainerProvider;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import io.rengo.sim.Simulation;
import io.rengo.sim.SimulationConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Runs one job in the simulator and keeps its reports.
final class Jobs {
  /// @param reports of the rounds, in order
  /// @param models the published models' files, by version
  record Run(List<RoundReport> reports, Map<Integer, ByteBuffer> models) {
    /// Seconds of a round in the middle: the first, which warms up, counts as one of them.
    double medianSeconds() {
      double[] seconds =
          reports.stream()
              .filter(report -> report.outcome() == RoundReport.Outcome.PUBLISHED)
              .mapToDouble(RoundReport::seconds)
              .sorted()
              .toArray();
      return seconds[seconds.length / 2];
    }
  }

  private Jobs() {}

  static List<String> names(int members) {
    return IntStream.rangeClosed(1, members).mapToObj("member-%05d"::formatted).toList();
  }

  static Run run(
      String jobFile,
      Optional<ByteBuffer> initialModel,
      Optional<Path> folder,
      List<String> members,
      TrainerProvider trainer,
      Function<String, Supplier<MemberData>> data) {
    SimulationConfig config =
        new SimulationConfig(
            folder,
            new Federation("bench"),
            members,
            Map.of(trainer.name(), trainer),
            data,
            Runtime.getRuntime().availableProcessors());
    return run(jobFile, initialModel, config);
  }

  static Run run(String jobFile, Optional<ByteBuffer> initialModel, SimulationConfig config) {
    List<RoundReport> reports = new ArrayList<>();
    Map<Integer, ByteBuffer> models = new TreeMap<>();
    try (Simulation simulation = new Simulation(config)) {
      JsonNode file = JobFile.readTree(jobFile, "bench");
      ObjectNode input = Json.MAPPER.createObjectNode().set("file", file);
      initialModel.ifPresent(model -> {
        simulation.ports().objects().putOnce("bench/initial.safetensors", model);
        input.put("initialModel", "bench/initial.safetensors");
      });
      Workflow.Status status = simulation.run("bench", input, reports::add);
      if (!(status instanceof Workflow.Status.Succeeded)) {
        throw new IllegalStateException("the job did not succeed: " + status);
      }
      for (int version = 1; version <= reports.size(); version++) {
        int number = version;
        simulation
            .ports()
            .objects()
            .get(new ObjectKeys("bench").model(version))
            .ifPresent(model -> models.put(number, model.content()));
      }
    }
    return new Run(reports, models);
  }
}
