package io.rengo.core.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// The 32 secret bytes that the keys of sealed objects derive from. They are overwritten when it is
/// closed, and nothing but this package reads them; the key objects that derive from them are the
/// JDK's, which does not overwrite its own.
public final class DataKey implements AutoCloseable {
  /// Bytes of a data key.
  public static final int BYTES = 32;

  private final byte[] secret;

  /// @param secret taken as it is, and overwritten when the key is closed
  public DataKey(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException(
          "a data key has " + BYTES + " bytes, not " + secret.length);
    }
    this.secret = secret;
  }

  /// The key of one object (HKDF, RFC 5869): no other object, and nothing in another context, has
  /// the same.
  SecretKey of(SealedHeader header, ByteBuffer context) {
    byte[] salt = new byte[header.salt().remaining()];
    header.salt().duplicate().get(salt);
    byte[] info = new byte[context.remaining()];
    context.duplicate().get(info);
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              "AES",
              HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt).thenExpand(info, BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HKDF", e);
    }
  }

  /// The secret bytes, for who wraps them: a copy that the caller overwrites.
  public byte[] exportSecret() {
    return secret.clone();
  }

  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "DataKey[secret]";
  }
}
