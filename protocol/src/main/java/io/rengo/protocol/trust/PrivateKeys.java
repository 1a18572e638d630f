package io.rengo.protocol.trust;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Private keys in files: PKCS#8, encrypted under a passphrase (PBES2: PBKDF2 with HMAC-SHA-256 and
/// AES-256), as OpenSSL reads them too.
public final class PrivateKeys {
  private static final String LABEL = "ENCRYPTED PRIVATE KEY";
  private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";

  private PrivateKeys() {}

  /// The elliptic-curve key of a PEM text.
  public static PrivateKey decrypt(String pem, char[] passphrase, String where) {
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(Pem.read(pem, LABEL, where));
      var secret = SecretKeyFactory.getInstance(SCHEME).generateSecret(new PBEKeySpec(passphrase));
      Cipher cipher = Cipher.getInstance(SCHEME);
      cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
      return KeyFactory.getInstance("EC").generatePrivate(info.getKeySpec(cipher));
    } catch (GeneralSecurityException | IOException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "the private key does not open under this passphrase",
          where,
          "Give the passphrase that the key was made with",
          e);
    }
  }
}
