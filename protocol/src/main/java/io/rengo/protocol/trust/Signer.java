package io.rengo.protocol.trust;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// A key that signs, wherever it lies: ECDSA on P-256.
public interface Signer {
  /// The certificate of the key.
  X509Certificate certificate();

  /// The key's public half.
  PublicKey publicKey();

  /// ECDSA with SHA-256, in DER.
  byte[] sign(byte[] content);

  /// The message with its signature.
  default Signed sign(Kind kind, String body) {
    try {
      return new Signed(
          Signed.VERSION,
          kind,
          body,
          Base64.getEncoder().encodeToString(certificate().getEncoded()),
          Base64.getEncoder().encodeToString(sign(Signed.content(kind, body))));
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }
}
