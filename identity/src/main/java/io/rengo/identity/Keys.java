package io.rengo.identity;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.SigningKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;

/// The one kind of key that a federation uses: ECDSA on P-256.
public final class Keys {
  static final String SIGNATURE = "SHA256withECDSA";

  private static final int BITS = 256;
  private static final int ITERATIONS = 600_000;

  private Keys() {}

  /// A new pair.
  public static KeyPair make(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /// A pair as a key that signs.
  public static SigningKey signing(KeyPair keys) {
    return new SigningKey() {
      @Override
      public PublicKey publicKey() {
        return keys.getPublic();
      }

      @Override
      public byte[] sign(byte[] content) {
        try {
          Signature signature = Signature.getInstance(SIGNATURE);
          signature.initSign(keys.getPrivate());
          signature.update(content);
          return signature.sign();
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException("the key cannot sign", e);
        }
      }
    };
  }

  /// The key as PEM text that needs the passphrase; [io.rengo.protocol.trust.PrivateKeys] reads it.
  public static String encrypt(PrivateKey key, char[] passphrase, SecureRandom random) {
    try {
      OutputEncryptor encryptor =
          new JceOpenSSLPKCS8EncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
              .setProvider(new BouncyCastleProvider())
              .setPRF(
                  new AlgorithmIdentifier(
                      PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE))
              .setIterationCount(ITERATIONS)
              .setPassword(passphrase)
              .setRandom(random)
              .build();
      return Pem.write(
          "ENCRYPTED PRIVATE KEY", new JcaPKCS8Generator(key, encryptor).generate().getContent());
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("the key cannot be encrypted", e);
    }
  }

  static void check(PublicKey key, String where) {
    if (!(key instanceof ECPublicKey curve)
        || curve.getParams().getCurve().getField().getFieldSize() != BITS) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "the key is not one of ECDSA on P-256",
          where,
          "Make it with `rengo member request`; an authority's in KMS with key spec ECC_NIST_P256");
    }
  }
}
