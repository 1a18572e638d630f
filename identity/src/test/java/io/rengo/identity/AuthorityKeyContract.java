package io.rengo.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Identity;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.SigningKey;
import io.rengo.protocol.trust.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every key of an authority does that lies outside of the federation's folder.
public abstract class AuthorityKeyContract {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration LIFE = Duration.ofDays(30);

  @TempDir private Path temp;
  private final SecureRandom random = new SecureRandom();

  /// A key, the same at each call.
  protected abstract SigningKey key();

  /// Another key.
  protected abstract SigningKey other();

  @Test
  void authority_issuesRenewsAndRevokes() {
    FederationFolder folder = folder();
    folder.init("demo", "the-key", key());

    X509Certificate first = folder.approve(request("north"), LIFE, key());
    X509Certificate second = folder.renew("north", LIFE.multipliedBy(2), key());
    X509Certificate south = folder.approve(request("south"), LIFE, key());
    assertThat(identity(folder, first).name()).isEqualTo("north");
    assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());

    folder.revoke("north", key());

    assertThatThrownBy(() -> identity(folder, second))
        .isInstanceOfSatisfying(
            RengoException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CERTIFICATE_REVOKED));
    assertThat(identity(folder, south).name()).isEqualTo("south");
  }

  @Test
  void folder_holdsTheKeysIdAndNoKey() throws IOException {
    FederationFolder folder = folder();
    folder.init("demo", "the-key", key());

    assertThat(folder.remoteKey()).contains("the-key");
    assertThat(folder.authority().getPublicKey()).isEqualTo(key().publicKey());
    try (Stream<Path> files = Files.list(folder.folder())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("ca.pem", "ca.kms", "crl.pem", "register.json");
    }
  }

  @Test
  void anotherKey_signsNothing() {
    FederationFolder folder = folder();
    folder.init("demo", "the-key", key());

    assertThatThrownBy(() -> folder.approve(request("north"), LIFE, other()))
        .isInstanceOf(RengoException.class)
        .hasMessageContaining("not the one of the authority's certificate");
    assertThat(folder.register().entries()).isEmpty();
  }

  private FederationFolder folder() {
    return new FederationFolder(temp.resolve("fed"), InstantSource.fixed(NOW), random);
  }

  private Request request(String name) {
    return Request.make(new Subject(name, Role.MEMBER, "Hospital"), Keys.make(random));
  }

  private static Identity identity(FederationFolder folder, X509Certificate certificate) {
    return new Verifier(
            folder.authority(), Pem.crl(SafeFiles.read(folder.revokedFile()), "crl.pem"))
        .identity(certificate, NOW);
  }
}
