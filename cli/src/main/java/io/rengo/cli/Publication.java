package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.identity.Register;
import io.rengo.identity.SafeFiles;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What a federation's folder tells a deployment.
///
/// @param ports of the deployment
record Publication(FederationFolder folder, Ports ports, InstantSource clock) {
  private static final Duration LIFE = Duration.ofDays(365);

  /// To the deployment that the environment names.
  static Publication to(World world, FederationFolder folder) {
    return new Publication(folder, world.ports().apply(world.environment()), world.clock());
  }

  /// The same, where the environment names one.
  static Optional<Publication> where(World world, FederationFolder folder) {
    return world.environment().containsKey("RENGO_BUCKET")
        ? Optional.of(to(world, folder))
        : Optional.empty();
  }

  void authority() {
    put(TrustKeys.AUTHORITY, folder.authorityFile());
  }

  /// The list of revoked certificates, as it is in the folder.
  void revoked() {
    put(TrustKeys.REVOKED, folder.revokedFile());
  }

  /// Certifies the deployment's own signing key where it has no certificate that lasts; says
  /// whether it did.
  boolean coordinator(SigningKey key) {
    PublicKey holder = ports.signer().publicKey();
    boolean known =
        ports
            .objects()
            .get(TrustKeys.COORDINATOR)
            .map(object ->
                folder.isCoordinator(
                    StandardCharsets.US_ASCII.decode(object.content()).toString(), holder))
            .orElse(false);
    if (!known) {
      folder.certifyCoordinator(holder, LIFE, key);
      put(TrustKeys.COORDINATOR, folder.certificateFile(FederationFolder.COORDINATOR));
    }
    return !known;
  }

  /// The newest certificate of every member that has a good one, for its agent to take; says how
  /// many there are.
  int certificates() {
    Instant now = clock.instant();
    List<String> members =
        folder.register().entries().stream()
            .filter(entry -> entry.role() == Role.MEMBER && entry.isGood(now))
            .map(Register.Entry::name)
            .distinct()
            .toList();
    members.forEach(this::certificate);
    return members.size();
  }

  /// The newest certificate of a member.
  void certificate(String member) {
    put(TrustKeys.certificate(member), folder.certificateFile(member));
  }

  private void put(String key, Path file) {
    ObjectStore objects = ports.objects();
    ByteBuffer content = ByteBuffer.wrap(SafeFiles.read(file).getBytes(StandardCharsets.US_ASCII));
    Optional<ObjectStore.StoredObject> there = objects.get(key);
    if (there.map(object -> object.content().equals(content)).orElse(false)) {
      return;
    }
    if (!objects.compareAndSwap(key, there.map(ObjectStore.StoredObject::etag), content)) {
      throw new RengoException(
          ErrorCode.CONFLICT,
          "somebody else published at the same time",
          key,
          "Run `rengo federation publish`");
    }
  }
}
