package io.rengo.cli;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Fetches a model.
@Command(
    name = "pull",
    description = "Fetches a job's model, in the safetensors format, into a file.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo model pull digits-20261122-101500",
      "  rengo model pull trial-1 --on aws --version 3 -o third.safetensors"
    })
final class ModelPullCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "The job's id; `rengo list` shows them.")
  private String job = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to make (JOB.safetensors).")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The version (the newest); 0 is the model that the job began with.")
  private Optional<Integer> version = Optional.empty();

  @Option(names = "--force", description = "Replace the file where it is there.")
  private boolean force;

  @Mixin private PlaceOptions place = new PlaceOptions();
  @Mixin private Options options = new Options();

  private final World world;

  ModelPullCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Path file = world.resolve(output.orElse(Path.of(job + ".safetensors")));
    if (Files.exists(file) && !force) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "the file is there already",
          world.show(file),
          "Name another with --output, or replace it with --force");
    }
    try (Jobs jobs = place.open(world)) {
      Models.Pulled pulled =
          jobs.pull(job, version.map(OptionalInt::of).orElse(OptionalInt.empty()), file);
      Screen screen = options.text(world);
      screen
          .out()
          .println(
              "version %d of job %s: %s, %d bytes"
                  .formatted(pulled.version(), job, world.show(file), pulled.bytes()));
      screen.out().flush();
      new Answer()
          .with("job", job)
          .with("version", pulled.version())
          .with("model", file.toString())
          .with("bytes", pulled.bytes())
          .print(options, world);
    }
    return ExitStatus.OK.number();
  }
}
