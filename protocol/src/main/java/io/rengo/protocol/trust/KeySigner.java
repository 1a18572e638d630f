package io.rengo.protocol.trust;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/// Signs with a key in this process.
public record KeySigner(PrivateKey key, X509Certificate certificate) implements Signer {
  @Override
  public PublicKey publicKey() {
    return certificate.getPublicKey();
  }

  @Override
  public byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }

  @Override
  public String toString() {
    return "KeySigner[" + certificate.getSubjectX500Principal() + "]";
  }
}
