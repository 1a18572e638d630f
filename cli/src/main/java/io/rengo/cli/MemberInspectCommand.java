package io.rengo.cli;

import io.rengo.identity.Request;
import io.rengo.identity.SafeFiles;
import io.rengo.protocol.trust.Identity;
import io.rengo.protocol.trust.Pem;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Shows a certificate or a request.
@Command(
    name = "inspect",
    description = "Says what is in a certificate or a request.",
    footerHeading = "%nExamples:%n",
    footer = {"  rengo member inspect member.pem"})
final class MemberInspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The certificate or the request.")
  private Path file = Path.of("member.pem");

  @Mixin private Options options = new Options();

  private final World world;

  MemberInspectCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Path whole = world.resolve(file);
    String text = SafeFiles.read(whole);
    var out = options.text(world).out();
    if (text.contains("CERTIFICATE REQUEST")) {
      var subject = Request.read(text, whole.toString()).subject();
      out.println(
          "request: %s, role %s, organisation %s"
              .formatted(subject.name(), subject.role().text(), subject.organisation()));
      new Answer().with("request", subject).print(options, world);
    } else {
      Identity identity = Identity.of(Pem.certificate(text, whole.toString()));
      out.println(
          "certificate %s: %s, role %s, organisation %s, valid from %s to %s"
              .formatted(
                  identity.serial(),
                  identity.name(),
                  identity.role().text(),
                  identity.organisation(),
                  identity.begins(),
                  identity.ends()));
      new Answer().with("certificate", identity).print(options, world);
    }
    return ExitStatus.OK.number();
  }
}
