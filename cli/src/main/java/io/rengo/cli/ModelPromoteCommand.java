package io.rengo.cli;

import io.rengo.protocol.ModelRef;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Promotes a model.
@Command(
    name = "promote",
    header = "Promotes a job's last model, unless it remembers too much.",
    description =
        "Points the job's `models/promoted.json` to its last model, from where others take it. It"
            + " is refused where the members' audit found more than the job allows, or where there"
            + " was none.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo model promote digits-20261122-101500",
      "  rengo model promote trial-1 --on aws"
    })
final class ModelPromoteCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "The job's id; `rengo list` shows them.")
  private String job = "";

  @Option(
      names = "--unaudited",
      description = "Promote a model of a job whose file asks for no audit.")
  private boolean unaudited;

  @Mixin private PlaceOptions place = new PlaceOptions();
  @Mixin private Options options = new Options();

  private final World world;

  ModelPromoteCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    try (Jobs jobs = place.open(world)) {
      JobState state =
          jobs.find(job).orElseThrow(() -> JobErrors.unknown(job, "rengo model promote"));
      ModelRef model = jobs.objects(job, objects -> Promotion.promote(objects, state, unaudited));
      Screen screen = options.text(world);
      screen.out().println("version %d of job %s is promoted".formatted(model.version(), job));
      screen.out().flush();
      new Answer().with("job", job).with("promoted", model).print(options, world);
    }
    return ExitStatus.OK.number();
  }
}
