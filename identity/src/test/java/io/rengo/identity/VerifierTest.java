package io.rengo.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.KeySigner;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.Signed;
import io.rengo.protocol.trust.Verifier;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final TestFederation federation = new TestFederation(NOW);
  private final KeySigner ann = federation.signer("ann", Role.MEMBER);

  @Test
  void message_isItsSigners() {
    var identity = federation.verifier().verify(sign(ann), Kind.UPDATE, Role.MEMBER, NOW);

    assertThat(identity.name()).isEqualTo("ann");
    assertThat(identity.organisation()).isEqualTo("Test");
  }

  @Test
  void changedBody_isRefused() {
    Signed signed = sign(ann);
    Signed changed =
        new Signed(1, Kind.UPDATE, "{\"a\":2}", signed.certificate(), signed.signature());

    refused(changed, federation.verifier(), NOW, ErrorCode.SIGNATURE_INVALID);
  }

  @Test
  void signatureOfAnotherKind_isRefused() {
    Signed signed = ann.sign(Kind.TASK, "{\"a\":1}");
    Signed renamed =
        new Signed(1, Kind.UPDATE, signed.body(), signed.certificate(), signed.signature());

    refused(signed, federation.verifier(), NOW, ErrorCode.SIGNATURE_INVALID);
    refused(renamed, federation.verifier(), NOW, ErrorCode.SIGNATURE_INVALID);
  }

  @Test
  void everyFlippedBitOfTheSignature_isRefused() {
    Signed signed = sign(ann);
    byte[] signature = java.util.Base64.getDecoder().decode(signed.signature());
    for (int bit = 0; bit < signature.length * Byte.SIZE; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      String text = java.util.Base64.getEncoder().encodeToString(flipped);
      refused(
          new Signed(1, Kind.UPDATE, signed.body(), signed.certificate(), text),
          federation.verifier(),
          NOW,
          ErrorCode.SIGNATURE_INVALID);
    }
  }

  @Test
  void certificateOfAnotherAuthority_isRefused() {
    Verifier other = new TestFederation(NOW).verifier();

    refused(sign(ann), other, NOW, ErrorCode.CERTIFICATE_UNTRUSTED);
  }

  @Test
  void expiredCertificate_isRefused() {
    refused(
        sign(ann),
        federation.verifier(),
        NOW.plus(Duration.ofDays(2)),
        ErrorCode.CERTIFICATE_EXPIRED);
    refused(
        sign(ann),
        federation.verifier(),
        NOW.minus(Duration.ofDays(1)),
        ErrorCode.CERTIFICATE_EXPIRED);
  }

  @Test
  void revokedCertificate_isRefusedAndNoOther() {
    federation.revoke(ann);

    refused(sign(ann), federation.verifier(), NOW, ErrorCode.CERTIFICATE_REVOKED);
    KeySigner bob = federation.signer("bob", Role.MEMBER);
    assertThat(federation.verifier().verify(sign(bob), Kind.UPDATE, Role.MEMBER, NOW).name())
        .isEqualTo("bob");
  }

  @Test
  void oldListOfRevokedCertificates_isRefused() {
    KeySigner later = federation.signer("ann", Role.MEMBER, NOW.plus(Duration.ofDays(30)));

    refused(
        sign(later),
        federation.verifier(),
        NOW.plus(Duration.ofDays(30)),
        ErrorCode.CERTIFICATE_UNTRUSTED);
  }

  @Test
  void listOfAnotherAuthority_isRefused() {
    Verifier mixed = new Verifier(federation.authority(), new TestFederation(NOW).list());

    refused(sign(ann), mixed, NOW, ErrorCode.CERTIFICATE_UNTRUSTED);
  }

  @Test
  void otherRole_isRefused() {
    refused(
        sign(federation.signer("ann", Role.AUDITOR)),
        federation.verifier(),
        NOW,
        ErrorCode.CERTIFICATE_ROLE);
  }

  @Test
  void rubbishForACertificate_isRefused() {
    Signed signed = sign(ann);

    refused(
        new Signed(1, Kind.UPDATE, signed.body(), "AAAA", signed.signature()),
        federation.verifier(),
        NOW,
        ErrorCode.CERTIFICATE_UNTRUSTED);
    refused(
        new Signed(1, Kind.UPDATE, signed.body(), "%", signed.signature()),
        federation.verifier(),
        NOW,
        ErrorCode.SIGNATURE_INVALID);
  }

  private static Signed sign(KeySigner signer) {
    return signer.sign(Kind.UPDATE, "{\"a\":1}");
  }

  private static void refused(Signed message, Verifier verifier, Instant now, ErrorCode code) {
    assertThatThrownBy(() -> verifier.verify(message, Kind.UPDATE, Role.MEMBER, now))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }
}
