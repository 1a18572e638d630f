package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a federation's authority.
@Command(
    name = "init",
    description =
        "Makes the authority of a new federation: its certificate, and a key that needs a passphrase"
            + " or lies in AWS KMS.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo federation init demo --passphrase-file secret.txt",
      "  rengo federation init demo --kms-key arn:aws:kms:eu-central-1:123456789012:key/KEY"
    })
final class FederationInitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "The federation's name.")
  private String name = "";

  @Option(
      names = "--kms-key",
      paramLabel = "KEY",
      description =
          "A key of AWS KMS (ECC_NIST_P256, SIGN_VERIFY) by its ARN, id or alias: it signs there and"
              + " never leaves it. No passphrase is needed then.")
  private Optional<String> kmsKey = Optional.empty();

  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  FederationInitCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    FederationFolder folder = federation.open(world);
    kmsKey.ifPresentOrElse(
        id -> folder.init(name, id, world.operator().apply(world.environment()).keys().apply(id)),
        () -> folder.init(name, federation.passphrase(world)));
    String authority = world.show(folder.authorityFile());
    options
        .text(world)
        .out()
        .println(
            "federation %s: authority %s%s; deploy it with -c authority=%s"
                .formatted(
                    name,
                    authority,
                    kmsKey.map(id -> ", key " + id + " in AWS KMS").orElse(""),
                    authority));
    new Answer().with("federation", name).with("authority", authority).print(options, world);
    return ExitStatus.OK.number();
  }
}
