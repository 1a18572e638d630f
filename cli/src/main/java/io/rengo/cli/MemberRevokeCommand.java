package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Revokes certificates.
@Command(
    name = "revoke",
    description =
        "Revokes a member's certificates. It holds for a deployment once `rengo federation publish` ran.",
    footerHeading = "%nExamples:%n",
    footer = {"  rengo member revoke north --passphrase-file secret.txt"})
final class MemberRevokeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "The member's name.")
  private String name = "";

  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  MemberRevokeCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    FederationFolder folder = federation.open(world);
    folder.revoke(name, federation.passphrase(world));
    options
        .text(world)
        .out()
        .println(
            "revoked %s; `rengo federation publish` makes %s known"
                .formatted(name, world.show(folder.revokedFile())));
    new Answer().with("revoked", name).print(options, world);
    return ExitStatus.OK.number();
  }
}
