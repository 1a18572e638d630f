package io.rengo.cli;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.sim.Baselines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Trains a model of handwritten digits over five members, and compares.
@Command(
    name = "demo",
    header = "Trains a model over five members on this machine.",
    description =
        "Trains a model of handwritten digits on this machine, over five members whose data is"
            + " skewed, for ten rounds; then compares it with members that train alone and with a"
            + " training on all data in one place.",
    footerHeading = "%nExamples:",
    footer = {"  rengo demo", "  rengo demo --format json"})
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "The folder that keeps the runs (.rengo/runs).")
  private Path folder = Path.of(".rengo", "runs");

  @Mixin private Options options = new Options();

  private final World world;

  DemoCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Path file = world.home().resolve("examples/digits/job.yaml");
    if (!Files.exists(file)) {
      throw new RengoException(
          ErrorCode.PREREQUISITE_MISSING,
          "the example is not there",
          file.toString(),
          "Run rengo from a whole checkout");
    }
    JobInput input = JobInput.read(file, Map.of());
    String id = JobIds.fresh("demo", world.clock().instant());
    RunFolder run = new Runs(world.resolve(folder)).run(id);
    int cores = Runtime.getRuntime().availableProcessors();
    SimulatedJob job = new SimulatedJob(run, input, cores);
    RoundTable table = new RoundTable(options.text(world));
    int members = job.members().names().size();
    table.line(
        "%s: %d members, %d rounds, %s"
            .formatted(
                input.spec().description(),
                members,
                input.spec().rounds().count(),
                world.show(file)));
    SimulatedJob.Outcome outcome =
        job.run(RunRecord.starting(id, input, world.clock().instant()), table);
    if (outcome.state().state() != JobState.State.COMPLETED) {
      table.line(Ending.text(outcome.state()));
      RunAnswer.of(outcome.state(), outcome.reports()).print(options, world);
      return ExitStatus.of(outcome.state().state()).number();
    }
    table.progress("the same training by each member alone, and on all data in one place");
    Optional<Baselines.Result> baselines =
        Baselines.of(
            input.spec(), job.members(), job.trainers(), input.spec().seed().orElse(0L), cores);
    new DemoSummary(outcome, baselines, run.model(), world).print(table);
    RunAnswer.of(outcome.state(), outcome.reports())
        .with("localOnlyAccuracy", baselines.map(Baselines.Result::localOnlyAccuracy))
        .with("pooledAccuracy", baselines.map(Baselines.Result::pooledAccuracy))
        .with("members", members)
        .with("seconds", outcome.seconds())
        .with("model", run.model().toString())
        .print(options, world);
    return ExitStatus.OK.number();
  }
}
