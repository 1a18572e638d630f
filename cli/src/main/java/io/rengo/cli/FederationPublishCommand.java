package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.protocol.trust.RevocationLists;
import io.rengo.protocol.trust.SigningKey;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Tells a deployment whom its federation vouches for.
@Command(
    name = "publish",
    description =
        "Puts the authority's certificate, a new list of revoked certificates, the members' newest"
            + " certificates and that of the deployment's own signing key where the deployment and its"
            + " agents read them. The list is good for 90 days: run it again before.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  RENGO_FEDERATION=demo RENGO_BUCKET=BUCKET rengo federation publish",
      "  RENGO_FEDERATION=demo RENGO_BUCKET=BUCKET rengo federation publish --trust-anchor ARN"
    })
final class FederationPublishCommand implements Callable<Integer> {
  @Mixin private AnchorOption anchor = new AnchorOption();

  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  FederationPublishCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    FederationFolder folder = federation.open(world);
    SigningKey key = federation.key(folder, world);
    folder.refresh(key);
    Publication publication = Publication.to(world, folder);
    publication.authority();
    publication.revoked();
    boolean made = publication.coordinator(key);
    int certificates = publication.certificates();
    Optional<RevocationLists.Put> imported = anchor.imported(world, folder);
    options
        .text(world)
        .out()
        .println(
            "published: authority, %d certificates of members, list of revoked ones until %s%s%s"
                .formatted(
                    certificates,
                    folder.listEnds(),
                    made ? ", signing certificate" : "",
                    AnchorOption.tell(imported)));
    new Answer()
        .with("published", true)
        .with("signingCertificate", made)
        .with("certificates", certificates)
        .with("listEnds", folder.listEnds())
        .with("imported", imported)
        .print(options, world);
    return ExitStatus.OK.number();
  }
}
