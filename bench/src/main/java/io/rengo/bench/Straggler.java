package io.rengo.bench;

import io.rengo.agent.LocalTraining;
import io.rengo.agent.LocalUpdate;
import io.rengo.agent.MemberData;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.MetricSums;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.Workflow;
import io.rengo.sim.SimulatedMembers;
import io.rengo.sim.Simulation;
import io.rengo.sim.SimulationConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;

/// `Straggler EXAMPLES`: the digits, five members of whom one takes ten times as long for its work:
/// time until the federated accuracy is 0.9, of a job with rounds and of one with a buffer, three
/// seeds each. Prints one JSON line.
public final class Straggler {
  private static final Duration FAST = Duration.ofMillis(100);
  private static final Duration SLOW = FAST.multipliedBy(10);
  private static final double GOOD = 0.9;
  private static final String JOB =
      """
      seed: %d
      model: {kind: mlp, layers: [64, 32, 10]}
      training: {trainer: dense, epochs: 1, batch-size: 16, learning-rate: 0.1}
      rounds: {count: 200, quorum: 1, deadline: 5m}
      stop: {accuracy: %s}
      simulation:
        members: 5
        data: {format: csv, path: data/digits.csv.gz, normalise: {kind: scale, by: 0.0625}}
        partition: {kind: dirichlet, alpha: 0.5, seed: 42, min-examples: 10}
      """;

  private Straggler() {}

  public static void main(String[] arguments) {
    Path examples = Path.of(arguments[0]);
    List<Double> rounds = new ArrayList<>();
    List<Double> buffers = new ArrayList<>();
    for (long seed = 7; seed < 10; seed++) {
      String file = JOB.formatted(seed, GOOD);
      rounds.add(secondsToGood(file, examples));
      buffers.add(secondsToGood(file + "buffer: {size: 4}\n", examples));
    }
    double factor = mean(rounds) / mean(buffers);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("name", "straggler x10, time to accuracy 0.9, rounds over buffer");
    line.put("value", factor);
    line.put("unit", "times");
    line.put("target", 1);
    line.put("ratio", factor);
    line.put("roundsSeconds", rounds);
    line.put("bufferSeconds", buffers);
    System.out.println(Json.write(line));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double secondsToGood(String file, Path examples) {
    SimulatedMembers members = SimulatedMembers.of(JobFile.parse(file, "straggler"), examples);
    MemberData slow = members.data(members.names().getFirst()).get();
    TrainerProvider dense =
        ServiceLoader.load(TrainerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.name().equals("dense"))
            .findFirst()
            .orElseThrow();
    SimulationConfig config =
        new SimulationConfig(
            Optional.empty(),
            new Federation("bench"),
            members.names(),
            Map.of("dense", new TakingTime(dense, slow)),
            members::data,
            members.names().size());
    List<Double> good = new ArrayList<>();
    Instant begin = Instant.now();
    try (Simulation simulation = new Simulation(config)) {
      Workflow.Status status =
          simulation.run(
              "straggler",
              Json.MAPPER.createObjectNode().set("file", JobFile.readTree(file, "straggler")),
              report -> {
                if (report.accuracy().orElse(0.0) >= GOOD) {
                  good.add(Duration.between(begin, Instant.now()).toMillis() / 1e3);
                }
              });
      if (!(status instanceof Workflow.Status.Succeeded) || good.isEmpty()) {
        throw new IllegalStateException("the job did not reach the accuracy: " + status);
      }
    }
    return good.getFirst();
  }

  /// Trainers whose work takes its time, one member's ten times as long.
  private record TakingTime(TrainerProvider provider, MemberData slow) implements TrainerProvider {
    @Override
    public String name() {
      return provider.name();
    }

    @Override
    public Trainer open(Context context) {
      Trainer trainer = provider.open(context);
      Duration time = context.data().get() == slow ? SLOW : FAST;
      return new Trainer() {
        @Override
        public MetricSums evaluate(float[] parameters) {
          return trainer.evaluate(parameters);
        }

        @Override
        public LocalUpdate train(float[] parameters, LocalTraining settings) {
          Instant end = Instant.now().plus(time);
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
