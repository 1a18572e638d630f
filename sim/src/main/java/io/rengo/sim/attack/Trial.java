package io.rengo.sim.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.agent.Examples;
import io.rengo.agent.MemberData;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import io.rengo.sim.SimulatedMembers;
import io.rengo.sim.Simulation;
import io.rengo.sim.SimulationConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Runs a job in the simulator while some of its members attack, and looks at the model that comes
/// out on everybody's hold-out.
public final class Trial {
  private final TrainerProvider trainer;
  private final JsonNode file;
  private final JobSpec spec;
  private final Map<String, MemberData> data = new TreeMap<>();

  /// @param file a job file with a simulation section
  /// @param base the folder that its data is relative to
  public Trial(JsonNode file, Path base, TrainerProvider trainer) {
    this.trainer = trainer;
    this.file = file;
    this.spec = JobFile.parse(file, "trial");
    SimulatedMembers members = SimulatedMembers.of(spec, base);
    members.names().forEach(name -> data.put(name, members.data(name).get()));
  }

  /// What a run came to.
  ///
  /// @param accuracy of the last model on what is held out
  /// @param backdoor success rate, where the attack is one
  public record Result(double accuracy, Optional<Double> backdoor, List<RoundReport> reports) {}

  /// Runs the job with a rule, without an attack.
  public Result run(JsonNode aggregation) {
    return run(aggregation, 0, new Attack.FreeRider());
  }

  /// Runs the job with a rule, while the last members attack.
  public Result run(JsonNode aggregation, int hostile, Attack attack) {
    List<String> names = List.copyOf(data.keySet());
    List<MemberData> members = List.copyOf(data.values());
    int honest = names.size() - hostile;
    TrainerProvider trainers =
        new HostileTrainers(
            trainer, attack, members.subList(honest, names.size()), members.subList(0, honest));
    ObjectNode job = file.deepCopy();
    job.set("aggregation", aggregation);
    List<RoundReport> reports = new ArrayList<>();
    try (Simulation simulation =
        new Simulation(
            new SimulationConfig(
                Optional.empty(),
                new Federation("trial"),
                names,
                Map.of(trainer.name(), trainers),
                member -> () -> data.get(member),
                Runtime.getRuntime().availableProcessors()))) {
      Workflow.Status status =
          simulation.run("trial", Json.MAPPER.createObjectNode().set("file", job), reports::add);
      if (!(status instanceof Workflow.Status.Succeeded)) {
        throw new IllegalStateException("the job did not succeed: " + status);
      }
      ObjectKeys keys = new ObjectKeys("trial");
      ModelRef latest =
          Json.read(
              simulation.ports().objects().get(keys.latestModel()).orElseThrow().content(),
              ModelRef.class,
              "latest");
      Layout layout = spec.model().layout();
      float[] model =
          Safetensors.read(
              simulation.ports().objects().get(latest.key()).orElseThrow().content(), layout);
      return new Result(
          accuracy(model, heldOut()),
          attack instanceof Attack.Backdoor(Mark mark, double factor)
              ? Optional.of(accuracy(model, mark.tests(heldOut())))
              : Optional.empty(),
          List.copyOf(reports));
    }
  }

  /// How often the model of an undisturbed run takes marked examples for the mark's class.
  public double backdoorRate(JsonNode aggregation, Mark mark) {
    return run(aggregation, 0, new Attack.Backdoor(mark, 1)).backdoor().orElseThrow();
  }

  private Examples heldOut() {
    return data.values().stream().map(MemberData::holdOut).reduce(Trial::together).orElseThrow();
  }

  private static Examples together(Examples a, Examples b) {
    return new Examples(
        a.count() + b.count(),
        a.width(),
        joined(a.features(), b.features()),
        joined(a.targets(), b.targets()));
  }

  private static float[] joined(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private double accuracy(float[] model, Examples examples) {
    try (Trainer judge =
        trainer.open(
            new TrainerProvider.Context(
                Json.tree(spec.model()),
                spec.training().settings(),
                Json.MAPPER.createObjectNode(),
                spec.model().layout(),
                () -> new MemberData(examples, examples),
                Path.of(".")))) {
      return judge.evaluate(model).accuracy().orElseThrow();
    }
  }
}
