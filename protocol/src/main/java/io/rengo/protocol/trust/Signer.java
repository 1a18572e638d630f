package io.rengo.protocol.trust;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// A key that signs, and its certificate.
public interface Signer extends SigningKey {
  /// The certificate of the key.
  X509Certificate certificate();

  /// For a place without a key: nothing signs there.
  static Signer none() {
    return new Signer() {
      @Override
      public X509Certificate certificate() {
        throw absent();
      }

      @Override
      public PublicKey publicKey() {
        throw absent();
      }

      @Override
      public byte[] sign(byte[] content) {
        throw absent();
      }

      private RengoException absent() {
        return new RengoException(
            ErrorCode.CONFIG_INVALID,
            "this place has no signing key",
            "trust",
            "Run jobs that demand signatures in a deployment");
      }
    };
  }

  /// The message with its signature.
  default Signed sign(Kind kind, String body) {
    try {
      return new Signed(
          Signed.VERSION,
          kind,
          body,
          Base64.getEncoder().encodeToString(certificate().getEncoded()),
          Base64.getEncoder().encodeToString(sign(Signed.content(kind, body))));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }
}
