package io.rengo.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.PrivateKeys;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.SigningKey;
import io.rengo.protocol.trust.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FederationFolderTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration LIFE = Duration.ofDays(30);
  private static final char[] SECRET = "a passphrase of words".toCharArray();

  @TempDir private Path temp;
  private final SecureRandom random = new SecureRandom();
  private FederationFolder folder =
      new FederationFolder(Path.of("."), InstantSource.fixed(NOW), random);

  @BeforeEach
  void init() {
    folder = new FederationFolder(temp.resolve("fed"), InstantSource.fixed(NOW), random);
    folder.init("demo", SECRET);
  }

  @Test
  void approvedMember_isKnownToWhoHasTheAuthoritysCertificate() {
    X509Certificate certificate = folder.approve(request("north", Keys.make(random)), LIFE, key());

    assertThat(verifier().identity(certificate, NOW).name()).isEqualTo("north");
    assertThat(verifier().identity(certificate, NOW).role()).isEqualTo(Role.MEMBER);
    assertThat(folder.certificate("north")).isEqualTo(certificate);
  }

  @Test
  void anotherSite_touchesNoOther() throws IOException {
    folder.approve(request("north", Keys.make(random)), LIFE, key());
    byte[] before = Files.readAllBytes(folder.certificateFile("north"));

    folder.approve(request("south", Keys.make(random)), LIFE, key());

    assertThat(Files.readAllBytes(folder.certificateFile("north"))).isEqualTo(before);
    assertThat(verifier().identity(folder.certificate("north"), NOW).name()).isEqualTo("north");
  }

  @Test
  void nameWithAGoodCertificate_getsNoneForAnotherKey() {
    folder.approve(request("north", Keys.make(random)), LIFE, key());

    refused(() -> folder.approve(request("north", Keys.make(random)), LIFE, key()), "still good");
  }

  @Test
  void renewedCertificate_isForTheSameKeyAndLaster() {
    X509Certificate first = folder.approve(request("north", Keys.make(random)), LIFE, key());
    X509Certificate second = folder.renew("north", LIFE.multipliedBy(2), key());

    assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());
    assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
    assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
  }

  @Test
  void revokedMember_isUnknownInAllItsCertificates() {
    X509Certificate first = folder.approve(request("north", Keys.make(random)), LIFE, key());
    X509Certificate second = folder.renew("north", LIFE, key());

    folder.revoke("north", key());

    for (X509Certificate certificate : new X509Certificate[] {first, second}) {
      assertThatThrownBy(() -> verifier().identity(certificate, NOW))
          .isInstanceOfSatisfying(
              RengoException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CERTIFICATE_REVOKED));
    }
    refused(() -> folder.renew("north", LIFE, key()), "no good certificate");
    folder.approve(request("north", Keys.make(random)), LIFE, key());
    assertThat(verifier().identity(folder.certificate("north"), NOW).name()).isEqualTo("north");
  }

  @Test
  void wrongPassphrase_signsNothing() {
    refused(
        () ->
            folder.approve(
                request("north", Keys.make(random)), LIFE, folder.key("wrong".toCharArray())),
        "does not open");
    assertThat(folder.register().entries()).isEmpty();
  }

  @Test
  void secretsAreTheOwnersAlone() throws IOException {
    assertThat(Files.getPosixFilePermissions(temp.resolve("fed/ca.key")))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    assertThat(Files.readString(temp.resolve("fed/ca.key")))
        .startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
  }

  @Test
  void federation_isMadeOnce() {
    refused(() -> folder.init("demo", SECRET), "already");
  }

  @Test
  void shortPassphrase_isRefused() {
    refused(
        () ->
            new FederationFolder(temp.resolve("x"), InstantSource.fixed(NOW), random)
                .init("demo", "short".toCharArray()),
        "fewer than 12");
  }

  @Test
  void requestThatItsKeyDidNotSign_isRefused() {
    String pem = request("north", Keys.make(random)).pem();
    byte[] der = Pem.read(pem, "CERTIFICATE REQUEST", "test");
    der[der.length - 1] ^= 1;

    refused(() -> Request.read(Pem.write("CERTIFICATE REQUEST", der), "test"), "no request");
  }

  @Test
  void request_saysWhoAsks() {
    Request read = Request.read(request("north", Keys.make(random)).pem(), "test");

    assertThat(read.subject()).isEqualTo(new Subject("north", Role.MEMBER, "North & Co."));
  }

  @Test
  void privateKey_opensUnderItsPassphraseAlone() {
    KeyPair keys = Keys.make(random);
    String pem = Keys.encrypt(keys.getPrivate(), SECRET, random);

    assertThat(PrivateKeys.decrypt(pem, SECRET, "test")).isEqualTo(keys.getPrivate());
    refused(() -> PrivateKeys.decrypt(pem, "another one".toCharArray(), "test"), "does not open");
  }

  private SigningKey key() {
    return folder.key(SECRET);
  }

  private Verifier verifier() {
    return new Verifier(folder.authority(), Pem.crl(SafeFiles.read(folder.revokedFile()), "test"));
  }

  private static Request request(String name, KeyPair keys) {
    return Request.make(new Subject(name, Role.MEMBER, "North & Co."), keys);
  }

  private static void refused(ThrowingCallable call, String why) {
    assertThatThrownBy(call).isInstanceOf(RengoException.class).hasMessageContaining(why);
  }
}
