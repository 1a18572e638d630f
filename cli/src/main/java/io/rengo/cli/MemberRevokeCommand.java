package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.protocol.trust.RevocationLists;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Revokes certificates.
@Command(
    name = "revoke",
    description =
        "Revokes a member's certificates. It holds at once for the deployment that RENGO_FEDERATION and"
            + " RENGO_BUCKET name, and for the trust anchor of IAM Roles Anywhere that is named; else"
            + " once `rengo federation publish` ran.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo member revoke north --passphrase-file secret.txt",
      "  RENGO_FEDERATION=demo RENGO_BUCKET=BUCKET RENGO_TRUST_ANCHOR=ARN rengo member revoke north"
    })
final class MemberRevokeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "The member's name.")
  private String name = "";

  @Mixin private AnchorOption anchor = new AnchorOption();

  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  MemberRevokeCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    FederationFolder folder = federation.open(world);
    folder.revoke(name, federation.key(folder, world));
    Optional<Publication> publication = Publication.where(world, folder);
    publication.ifPresent(Publication::revoked);
    boolean published = publication.isPresent();
    Optional<RevocationLists.Put> imported = anchor.imported(world, folder);
    options
        .text(world)
        .out()
        .println(
            "revoked %s; %s%s"
                .formatted(
                    name,
                    published
                        ? "the deployment knows"
                        : "`rengo federation publish` makes %s known to the deployment"
                            .formatted(world.show(folder.revokedFile())),
                    AnchorOption.tell(imported)));
    new Answer()
        .with("revoked", name)
        .with("published", published)
        .with("imported", imported)
        .print(options, world);
    return ExitStatus.OK.number();
  }
}
