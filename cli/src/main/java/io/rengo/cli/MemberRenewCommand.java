package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.protocol.trust.Identity;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Renews a certificate.
@Command(
    name = "renew",
    description = "Issues another certificate for the same member and key.",
    footerHeading = "%nExamples:%n",
    footer = {"  rengo member renew north --passphrase-file secret.txt"})
final class MemberRenewCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "The member's name.")
  private String name = "";

  @Mixin private LifeOption life = new LifeOption();

  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  MemberRenewCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    FederationFolder folder = federation.open(world);
    Identity identity =
        Identity.of(folder.renew(name, life.duration(), federation.passphrase(world)));
    Certificates.tell("renewed", identity, folder, options, world);
    return ExitStatus.OK.number();
  }
}
