package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.identity.Request;
import io.rengo.identity.SafeFiles;
import io.rengo.protocol.trust.Identity;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Issues a certificate.
@Command(
    name = "approve",
    description = "Issues the certificate that a request asks for. No other member is touched.",
    footerHeading = "%nExamples:%n",
    footer = {"  rengo member approve north.csr --passphrase-file secret.txt"})
final class MemberApproveCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The request.")
  private Path file = Path.of("member.csr");

  @Mixin private LifeOption life = new LifeOption();

  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  MemberApproveCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    FederationFolder folder = federation.open(world);
    Path whole = world.resolve(file);
    Request request = Request.read(SafeFiles.read(whole), whole.toString());
    Identity identity =
        Identity.of(folder.approve(request, life.duration(), federation.key(folder, world)));
    Certificates.tell("approved", identity, folder, options, world);
    return ExitStatus.OK.number();
  }
}
