package io.rengo.core.seal;

import io.rengo.core.FormatException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.DecapsulateException;
import javax.crypto.KDF;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encryption of short messages to a public key: HPKE (RFC 9180) in its base mode with
/// DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, one message for each encapsulation and
/// nothing authenticated beside it. The JDK has the mechanisms; what is here is the schedule that
/// joins them (section 5.1). Keys are the 32 bytes of RFC 7748.
public final class Hpke {
  /// Bytes of a private key, and of a public one.
  public static final int KEY = 32;

  /// Bytes that a message grows by: the encapsulated key and AES-GCM's tag.
  public static final int OVERHEAD = KEY + SealedHeader.TAG;

  private static final int NONCE = 12;
  private static final byte[] VERSION = ascii("HPKE-v1");
  private static final byte[] SUITE =
      ByteBuffer.allocate(10)
          .put(ascii("HPKE"))
          .putShort((short) 0x0020)
          .putShort((short) 0x0001)
          .putShort((short) 0x0002)
          .array();
  private static final byte BASE_MODE = 0;
  private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

  private Hpke() {}

  /// The public key of a private one.
  public static byte[] publicKey(byte[] privateKey) {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(secret(privateKey));
      agreement.doPhase(open(BASE_POINT), true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has X25519", e);
    }
  }

  /// The message as only the holder of the private key can read it; throws [FormatException] where
  /// the public key is none.
  ///
  /// @param info what the message is for; it opens under no other
  public static ByteBuffer seal(
      byte[] publicKey, ByteBuffer info, ByteBuffer message, SecureRandom random) {
    if (publicKey.length != KEY) {
      throw new FormatException(0, "no public key has " + publicKey.length + " bytes");
    }
    KEM.Encapsulated made;
    try {
      made =
          KEM.getInstance("DHKEM")
              .newEncapsulator(open(number(publicKey)), null, random)
              .encapsulate();
    } catch (GeneralSecurityException | ProviderException e) {
      throw new FormatException(0, "the public key is no point of the curve");
    }
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, made.key(), info).doFinal(bytes(message));
      return ByteBuffer.allocate(KEY + sealed.length)
          .put(made.encapsulation())
          .put(sealed)
          .flip()
          .asReadOnlyBuffer();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  /// The message; throws [FormatException] where it was not sealed to this key under this info.
  public static byte[] open(byte[] privateKey, ByteBuffer info, ByteBuffer sealed) {
    if (sealed.remaining() < OVERHEAD) {
      throw new FormatException(sealed.remaining(), "the sealed message is cut short");
    }
    byte[] all = bytes(sealed);
    try {
      SecretKey shared =
          KEM.getInstance("DHKEM")
              .newDecapsulator(secret(privateKey))
              .decapsulate(Arrays.copyOf(all, KEY));
      return cipher(Cipher.DECRYPT_MODE, shared, info).doFinal(all, KEY, all.length - KEY);
    } catch (DecapsulateException | ProviderException e) {
      throw new FormatException(0, "the encapsulated key is no point of the curve");
    } catch (GeneralSecurityException e) {
      throw new FormatException(KEY, "the message was not sealed to this key for this purpose");
    }
  }

  private static Cipher cipher(int mode, SecretKey shared, ByteBuffer info)
      throws GeneralSecurityException {
    byte[] none = new byte[0];
    byte[] context =
        join(
            new byte[] {BASE_MODE},
            extract(none, "psk_id_hash", none).getEncoded(),
            extract(none, "info_hash", bytes(info)).getEncoded());
    SecretKey secret = extract(shared.getEncoded(), "secret", none);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(expand(secret, "key", context, DataKey.BYTES), "AES"),
        new GCMParameterSpec(
            SealedHeader.TAG * Byte.SIZE, expand(secret, "base_nonce", context, NONCE)));
    return cipher;
  }

  private static SecretKey extract(byte[] salt, String label, byte[] material)
      throws GeneralSecurityException {
    HKDFParameterSpec.Builder spec =
        HKDFParameterSpec.ofExtract().addIKM(join(VERSION, SUITE, ascii(label), material));
    return KDF.getInstance("HKDF-SHA256")
        .deriveKey("Generic", (salt.length == 0 ? spec : spec.addSalt(salt)).extractOnly());
  }

  private static byte[] expand(SecretKey secret, String label, byte[] context, int length)
      throws GeneralSecurityException {
    byte[] size = ByteBuffer.allocate(2).putShort((short) length).array();
    byte[] info = join(size, VERSION, SUITE, ascii(label), context);
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(HKDFParameterSpec.expandOnly(secret, info, length));
  }

  private static PrivateKey secret(byte[] key) throws GeneralSecurityException {
    return KeyFactory.getInstance("X25519")
        .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, key));
  }

  private static PublicKey open(BigInteger point) throws GeneralSecurityException {
    return KeyFactory.getInstance("X25519")
        .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, point));
  }

  /// Little-endian; the highest bit does not count (RFC 7748, section 5).
  private static BigInteger number(byte[] key) {
    byte[] reversed = new byte[KEY];
    for (int i = 0; i < KEY; i++) {
      reversed[i] = key[KEY - 1 - i];
    }
    reversed[0] &= 0x7f;
    return new BigInteger(1, reversed);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
