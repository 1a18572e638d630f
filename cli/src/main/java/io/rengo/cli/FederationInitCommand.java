package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Makes a federation's authority.
@Command(
    name = "init",
    description =
        "Makes the authority of a new federation: its certificate, and a key that needs a passphrase.",
    footerHeading = "%nExamples:%n",
    footer = {"  rengo federation init demo --passphrase-file secret.txt"})
final class FederationInitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "The federation's name.")
  private String name = "";

  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  FederationInitCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    FederationFolder folder = federation.open(world);
    folder.init(name, federation.passphrase(world));
    String authority = world.show(folder.authorityFile());
    options
        .text(world)
        .out()
        .println(
            "federation %s: authority %s; deploy it with -c authority=%s"
                .formatted(name, authority, authority));
    new Answer().with("federation", name).with("authority", authority).print(options, world);
    return ExitStatus.OK.number();
  }
}
