package io.rengo.protocol.trust;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;

/// Says who signed a message, as far as a federation's authority vouches for it.
///
/// @param authority the federation's own certificate
/// @param revoked the authority's newest list of revoked certificates
public record Verifier(X509Certificate authority, X509CRL revoked) {
  /// Who signed the message; throws [RengoException] with the code of what is wrong.
  ///
  /// @param kind what the message must be
  /// @param role what the signer must be
  public Identity verify(Signed message, Kind kind, Role role, Instant now) {
    check(
        isExact(message.certificate()) && isExact(message.signature()),
        ErrorCode.SIGNATURE_INVALID,
        "the certificate or the signature is not written as it was encoded");
    check(
        message.version() == Signed.VERSION && message.kind() == kind,
        ErrorCode.SIGNATURE_INVALID,
        "the message is signed as %s, version %d".formatted(message.kind(), message.version()));
    X509Certificate certificate = certificate(message);
    Identity identity = identity(certificate, now);
    check(
        identity.role() == role,
        ErrorCode.CERTIFICATE_ROLE,
        "the certificate of %s is one of role %s, not %s"
            .formatted(identity.name(), identity.role().text(), role.text()));
    check(
        isSignature(message, certificate),
        ErrorCode.SIGNATURE_INVALID,
        "the signature is not that of " + identity.name());
    return identity;
  }

  /// Who the certificate is about, if the authority issued it, it is valid now and not revoked.
  public Identity identity(X509Certificate certificate, Instant now) {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
      parameters.setDate(Date.from(now));
      parameters.setRevocationEnabled(true);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(revoked))));
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)),
              parameters);
    } catch (CertPathValidatorException e) {
      throw untrusted(certificate, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK validates certificates", e);
    }
    check(
        certificate.getBasicConstraints() < 0,
        ErrorCode.CERTIFICATE_UNTRUSTED,
        "the certificate is one of an authority");
    return Identity.of(certificate);
  }

  /// Base64 can be written in several ways that decode to the same: only one of them counts.
  private static boolean isExact(String base64) {
    try {
      return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(base64)).equals(base64);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static X509Certificate certificate(Signed message) {
    try {
      return Pem.certificate(Base64.getDecoder().decode(message.certificate()), "signature");
    } catch (IllegalArgumentException | RengoException e) {
      throw refuse(ErrorCode.CERTIFICATE_UNTRUSTED, "the signer's certificate cannot be read");
    }
  }

  private static boolean isSignature(Signed message, X509Certificate certificate) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initVerify(certificate.getPublicKey());
      signature.update(Signed.content(message.kind(), message.body()));
      return signature.verify(Base64.getDecoder().decode(message.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static RengoException untrusted(
      X509Certificate certificate, CertPathValidatorException e) {
    String who = certificate.getSubjectX500Principal().getName();
    return switch (e.getReason()) {
      case BasicReason.EXPIRED, BasicReason.NOT_YET_VALID ->
          refuse(
              ErrorCode.CERTIFICATE_EXPIRED,
              "the certificate of %s is valid from %s to %s"
                  .formatted(
                      who,
                      certificate.getNotBefore().toInstant(),
                      certificate.getNotAfter().toInstant()));
      case BasicReason.REVOKED ->
          refuse(ErrorCode.CERTIFICATE_REVOKED, "the certificate of " + who + " is revoked");
      case BasicReason.UNDETERMINED_REVOCATION_STATUS ->
          refuse(
              ErrorCode.CERTIFICATE_UNTRUSTED,
              "the list of revoked certificates is too old or not of this federation");
      default ->
          refuse(
              ErrorCode.CERTIFICATE_UNTRUSTED,
              "the federation did not issue the certificate of " + who);
    };
  }

  private static void check(boolean holds, ErrorCode code, String what) {
    if (!holds) {
      throw refuse(code, what);
    }
  }

  private static RengoException refuse(ErrorCode code, String what) {
    return new RengoException(
        code, what, "signature", "See `rengo member list` and `rengo member inspect`");
  }
}
