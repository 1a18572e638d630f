package io.rengo.protocol.trust;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/// Private keys in files: PKCS#8, encrypted under a passphrase (PBES2: PBKDF2 with HMAC-SHA-256 and
/// AES-256), as OpenSSL reads them too.
public final class PrivateKeys {
  private static final String LABEL = "ENCRYPTED PRIVATE KEY";
  private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";
  private static final int ITERATIONS = 600_000;
  private static final int SALT = 16;

  private PrivateKeys() {}

  /// The key as PEM text that needs the passphrase.
  public static String encrypt(PrivateKey key, char[] passphrase, SecureRandom random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    try {
      Cipher cipher = Cipher.getInstance(SCHEME);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          SecretKeyFactory.getInstance(SCHEME).generateSecret(new PBEKeySpec(passphrase)),
          new PBEParameterSpec(salt, ITERATIONS),
          random);
      AlgorithmParameters parameters = cipher.getParameters();
      byte[] encrypted = cipher.doFinal(key.getEncoded());
      return Pem.write(LABEL, new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the key cannot be encrypted", e);
    }
  }

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
