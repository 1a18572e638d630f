package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.identity.SafeFiles;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Ports;
import io.rengo.protocol.TrustKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Tells a deployment whom its federation vouches for.
@Command(
    name = "publish",
    description =
        "Puts the authority's certificate, a new list of revoked certificates and the certificate of the"
            + " deployment's own signing key where the deployment reads them.",
    footerHeading = "%nExamples:%n",
    footer = {"  RENGO_FEDERATION=demo RENGO_BUCKET=BUCKET rengo federation publish"})
final class FederationPublishCommand implements Callable<Integer> {
  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  FederationPublishCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    FederationFolder folder = federation.open(world);
    char[] passphrase = federation.passphrase(world);
    Ports ports = world.ports().apply(world.environment());
    folder.refresh(passphrase);
    put(ports, TrustKeys.AUTHORITY, folder.authorityFile());
    put(ports, TrustKeys.REVOKED, folder.revokedFile());
    PublicKey key = ports.signer().publicKey();
    boolean known =
        ports
            .objects()
            .get(TrustKeys.COORDINATOR)
            .map(object ->
                folder.isCoordinator(
                    StandardCharsets.US_ASCII.decode(object.content()).toString(), key))
            .orElse(false);
    if (!known) {
      folder.certifyCoordinator(key, LIFE, passphrase);
      put(ports, TrustKeys.COORDINATOR, folder.certificateFile(FederationFolder.COORDINATOR));
    }
    options
        .text(world)
        .out()
        .println(
            "published: authority, list of revoked certificates"
                + (known ? "" : ", signing certificate"));
    new Answer().with("published", true).with("signingCertificate", !known).print(options, world);
    return ExitStatus.OK.number();
  }

  private static void put(Ports ports, String key, Path file) {
    ByteBuffer content = ByteBuffer.wrap(SafeFiles.read(file).getBytes(StandardCharsets.US_ASCII));
    Optional<String> etag = ports.objects().get(key).map(ObjectStore.StoredObject::etag);
    if (!ports.objects().compareAndSwap(key, etag, content)) {
      throw new io.rengo.protocol.RengoException(
          io.rengo.protocol.ErrorCode.CONFLICT,
          "somebody else published at the same time",
          key,
          "Run it again");
    }
  }

  private static final Duration LIFE = Duration.ofDays(365);
}
