package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.protocol.trust.Identity;

/// How commands tell of a certificate that was issued.
final class Certificates {
  private Certificates() {}

  static void tell(
      String done, Identity identity, FederationFolder folder, Options options, World world) {
    String file = world.show(folder.certificateFile(identity.name()));
    options
        .text(world)
        .out()
        .println(
            "%s %s, role %s, until %s: send %s back as member.pem"
                .formatted(done, identity.name(), identity.role().text(), identity.ends(), file));
    new Answer().with("certificate", identity).with("file", file).print(options, world);
  }
}
