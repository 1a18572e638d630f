package io.rengo.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Stops what `local up` started.
@Command(
    name = "down",
    header = "Stops what `local up` started.",
    description =
        "Stops the LocalStack that `rengo local up` started, and all that is deployed there; where"
            + " RENGO_AWS_ENDPOINT names another, removes the federation from it.",
    footerHeading = "%nExamples:",
    footer = "  rengo local down")
final class LocalDownCommand implements Callable<Integer> {
  @Mixin private Options options = new Options();

  private final World world;

  LocalDownCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    new LocalDeployment(world).down();
    Screen screen = options.text(world);
    screen.out().println("stopped");
    screen.out().flush();
    new Answer().with("stopped", true).print(options, world);
    return ExitStatus.OK.number();
  }
}
