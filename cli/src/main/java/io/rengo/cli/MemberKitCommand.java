package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.identity.Kit;
import io.rengo.identity.SafeFiles;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes what a member needs.
@Command(
    name = "kit",
    description =
        "Writes what a member needs to run its agent: configuration, policy, compose file, Kubernetes"
            + " manifests. No file holds a secret.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo member kit north --bucket rengo-demo-123456789012-eu-central-1 --region eu-central-1 \\",
      "      --role arn:aws:iam::123456789012:role/rengo-demo-north",
      "  rengo member kit north --bucket BUCKET --region REGION --role ROLE \\",
      "      --trust-anchor ANCHOR --profile PROFILE"
    })
final class MemberKitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "The member's name.")
  private String name = "";

  @Option(
      names = "--region",
      required = true,
      paramLabel = "REGION",
      description = "Where the federation is deployed.")
  private String region = "";

  @Option(
      names = "--bucket",
      required = true,
      paramLabel = "NAME",
      description = "The federation's bucket.")
  private String bucket = "";

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ARN",
      description = "What the agent runs as.")
  private String role = "";

  @Option(
      names = "--trust-anchor",
      paramLabel = "ARN",
      description =
          "With --profile: AWS credentials come by the member's certificate, from IAM Roles Anywhere.")
  private Optional<String> anchor = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "ARN",
      description = "The profile of IAM Roles Anywhere that leads to the role.")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "The agent's image (${DEFAULT-VALUE}).")
  private String image = "rengo/agent:0.1.0";

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the files go (${DEFAULT-VALUE}).")
  private Path out = Path.of("kit");

  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  MemberKitCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    FederationFolder folder = federation.open(world);
    Path to = world.resolve(out);
    new Kit(folder.register().federation(), name, region, bucket, credentials(), image)
        .write(to, FederationFolder.pem(folder.authority()));
    Path certificate = folder.certificateFile(name);
    if (Files.exists(certificate)) {
      SafeFiles.write(to.resolve("member.pem"), SafeFiles.read(certificate));
    }
    options.text(world).out().println("kit of %s: %s".formatted(name, world.show(to)));
    new Answer().with("kit", world.show(to)).print(options, world);
    return ExitStatus.OK.number();
  }

  private Kit.Credentials credentials() {
    if (anchor.isPresent() != profile.isPresent()) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "of trust anchor and profile only one is given",
          "--trust-anchor, --profile",
          "Give both, as the outputs of the identity stack name them, or neither");
    }
    return anchor
        .<Kit.Credentials>map(
            arn -> new Kit.Credentials.ByCertificate(arn, profile.orElseThrow(), role))
        .orElseGet(() -> new Kit.Credentials.ByRole(role));
  }
}
