package io.rengo.sim;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.local.states.Event;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The handwritten digits over 160 members who take turns, trained with the noise of a tree.
final class TreeJob {
  static final String JOB = "tree";
  static final int ROUNDS = 16;

  private static final String FILE =
      """
      model: {kind: mlp, layers: [64, 10]}
      training: {trainer: dense, epochs: 2, batch-size: 4, learning-rate: 0.5}
      rounds: {count: ROUNDS, quorum: 1, deadline: 5m}
      cohort: {rule: turns, every: 4}
      privacy: {mechanism: tree, epsilon: 30, delta: 0.0005, noise-multiplier: 1, clip-norm: 1}
      server-optimizer: {name: fedavgm, momentum: 0.5}
      simulation:
        members: 160
        data: {format: csv, path: digits.csv.gz, normalise: {kind: scale, by: 0.0625}}
        partition: {kind: uniform, seed: 42}
      """;

  private TreeJob() {}

  static JsonNode file(int rounds) {
    return JobFile.readTree(FILE.replace("ROUNDS", Integer.toString(rounds)), "tree job");
  }

  /// Runs the job to its end and returns what is then asked of what is stored.
  static <T> T run(
      int rounds,
      Optional<Path> folder,
      Consumer<Event> events,
      Consumer<RoundReport> reports,
      Function<Ports, T> ask) {
    JobSpec spec = JobFile.parse(file(rounds), "tree job");
    try (Simulation simulation = new Simulation(Digits.config(spec, folder), events)) {
      JsonNode input = Json.MAPPER.createObjectNode().set("file", file(rounds));
      Workflow.Status status = simulation.run(JOB, input, reports);
      if (!(status instanceof Workflow.Status.Succeeded)) {
        throw new AssertionError("the job did not succeed: " + status);
      }
      return ask.apply(simulation.ports());
    }
  }
}
