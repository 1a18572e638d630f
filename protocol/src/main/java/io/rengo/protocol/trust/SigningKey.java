package io.rengo.protocol.trust;

import java.security.PublicKey;

/// A key that signs, wherever it lies: ECDSA on P-256.
public interface SigningKey {
  /// The key's public half.
  PublicKey publicKey();

  /// ECDSA with SHA-256, in DER.
  byte[] sign(byte[] content);
}
