package io.rengo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Writes the files that a federation begins with.
@Command(
    name = "init",
    header = "Writes a job file and an agent's configuration.",
    description =
        "Writes a job file, an agent's configuration and a little data, all with comments and ready"
            + " to run. Replaces nothing that is there, and needs no network.",
    footerHeading = "%nExamples:",
    footer = {"  rengo init my-job && rengo run my-job/job.yaml", "  rengo init"})
final class InitCommand implements Callable<Integer> {
  private static final List<String> FILES = List.of("job.yaml", "agent.yaml", "data/digits.csv.gz");

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The folder to write to (the current one); made where it does not exist.")
  private Optional<Path> folder = Optional.empty();

  @Mixin private Options options = new Options();

  private final World world;

  InitCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Path base = world.resolve(folder.orElse(Path.of("")));
    List<Path> written = new ArrayList<>();
    List<Path> kept = new ArrayList<>();
    for (String file : FILES) {
      (write(file, base.resolve(file)) ? written : kept).add(base.resolve(file));
    }
    Screen screen = options.text(world);
    written.forEach(file -> screen.out().println("wrote  " + world.show(file)));
    kept.forEach(file -> screen.out().println("kept   " + world.show(file) + ", it was there"));
    screen.out().println("next   rengo run " + world.show(base.resolve("job.yaml")));
    screen.out().flush();
    new Answer()
        .with("written", written.stream().map(Path::toString).toList())
        .with("kept", kept.stream().map(Path::toString).toList())
        .print(options, world);
    return ExitStatus.OK.number();
  }

  private static boolean write(String resource, Path file) {
    try (InputStream in = InitCommand.class.getResourceAsStream("init/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource init/" + resource + " is missing");
      }
      if (Files.exists(file)) {
        return false;
      }
      Files.createDirectories(file.resolveSibling(""));
      Files.copy(in, file);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
