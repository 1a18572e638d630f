package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.identity.SafeFiles;
import io.rengo.protocol.trust.RevocationLists;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The trust anchor of IAM Roles Anywhere that the list of revoked certificates is imported for.
final class AnchorOption {
  static final String VARIABLE = "RENGO_TRUST_ANCHOR";

  @Option(
      names = "--trust-anchor",
      paramLabel = "ARN",
      description =
          "The deployment's trust anchor of IAM Roles Anywhere, which gets the list too (else: "
              + VARIABLE
              + ").")
  private Optional<String> anchor = Optional.empty();

  private Optional<String> find(World world) {
    return anchor
        .or(() -> Optional.ofNullable(world.environment().get(VARIABLE)))
        .filter(arn -> !arn.isBlank());
  }

  /// Imports the folder's list where a trust anchor is named.
  Optional<RevocationLists.Put> imported(World world, FederationFolder folder) {
    return find(world)
        .map(arn ->
            world
                .operator()
                .apply(world.environment())
                .lists()
                .put(
                    arn,
                    "rengo-" + folder.register().federation(),
                    SafeFiles.read(folder.revokedFile())));
  }

  static String tell(Optional<RevocationLists.Put> imported) {
    return imported
        .map(put ->
            switch (put) {
              case IMPORTED -> "; imported into IAM Roles Anywhere";
              case REPLACED -> "; replaced in IAM Roles Anywhere";
            })
        .orElse("");
  }
}
