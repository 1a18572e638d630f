package io.rengo.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.agent.MemberData;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The handwritten digits of the examples, skewed over five members, and what jobs make of them.
final class Digits {
  private static final String FILE =
      """
      seed: 7
      model: {kind: mlp, layers: [64, 32, 10]}
      training: {trainer: dense, epochs: 1, batch-size: 16, learning-rate: 0.1}
      rounds: {count: 10, quorum: 5, deadline: 5m}
      simulation:
        members: 5
        data: {format: csv, path: digits.csv.gz, normalise: {kind: scale, by: 0.0625}}
        partition: {kind: dirichlet, alpha: 0.5, seed: 42, min-examples: 10}
      """;

  private static final Path DATA =
      Path.of(System.getProperty("rengo.root", "..")).resolve("examples/data");

  private Digits() {}

  /// The job file with some sections in place of its own.
  static JsonNode file(String sections) {
    ObjectNode file = (ObjectNode) JobFile.readTree(FILE, "digits");
    JobFile.readTree("{" + sections + "}", "sections")
        .properties()
        .forEach(section -> file.set(section.getKey(), section.getValue()));
    return file;
  }

  static SimulationConfig config(JobSpec spec, Optional<Path> folder) {
    SimulatedMembers members = SimulatedMembers.of(spec, DATA);
    return new SimulationConfig(
        folder, new Federation("test"), members.names(), SmallJob.trainers(), members::data, 2);
  }

  /// The reports of a job with these sections, which must come to its end.
  static List<RoundReport> run(String sections) {
    JsonNode file = file(sections);
    JobSpec spec = JobFile.parse(file, "digits");
    List<RoundReport> reports = new ArrayList<>();
    try (Simulation simulation = new Simulation(config(spec, Optional.empty()))) {
      JsonNode input = Json.MAPPER.createObjectNode().set("file", file);
      Workflow.Status status = simulation.run("digits", input, reports::add);
      if (!(status instanceof Workflow.Status.Succeeded)) {
        throw new AssertionError("the job did not succeed: " + status);
      }
    }
    return reports;
  }

  /// Accuracy of the last model.
  static double accuracy(String sections) {
    return accuracy(run(sections));
  }

  static double accuracy(List<RoundReport> reports) {
    return reports.getLast().accuracy().orElseThrow();
  }

  /// Share of all members' hold-outs that these parameters tell right.
  static double accuracy(JobSpec spec, float[] parameters) {
    SimulatedMembers members = SimulatedMembers.of(spec, DATA);
    double right = 0;
    double all = 0;
    for (String name : members.names()) {
      MemberData data = members.data(name).get();
      try (Trainer trainer = dense(spec, data)) {
        right += data.holdOut().count() * trainer.evaluate(parameters).accuracy().orElse(0);
        all += data.holdOut().count();
      }
    }
    return right / all;
  }

  private static Trainer dense(JobSpec spec, MemberData data) {
    JsonNode none = MissingNode.getInstance();
    TrainerProvider.Context context =
        new TrainerProvider.Context(
            Json.tree(spec.model()), none, none, spec.model().layout(), () -> data, Path.of(""));
    return SmallJob.trainers().values().stream()
        .filter(provider -> provider.name().equals("dense"))
        .findFirst()
        .orElseThrow()
        .open(context);
  }
}
