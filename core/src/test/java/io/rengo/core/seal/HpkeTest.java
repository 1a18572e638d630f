package io.rengo.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import io.rengo.core.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Beside Tink's HPKE: what one seals the other opens.
class HpkeTest {
  private static final ByteBuffer INFO = ByteBuffer.wrap("rengo".getBytes(StandardCharsets.UTF_8));
  private static final byte[] MESSAGE =
      "thirty-two bytes of a data key..".getBytes(StandardCharsets.UTF_8);

  private final SecureRandom random = new SecureRandom();
  private final byte[] secret = secret();

  @BeforeAll
  static void register() throws GeneralSecurityException {
    HybridConfig.register();
  }

  @Test
  void sealed_opensInTink() throws GeneralSecurityException {
    ByteBuffer sealed = Hpke.seal(Hpke.publicKey(secret), INFO, ByteBuffer.wrap(MESSAGE), random);

    assertThat(sealed.remaining()).isEqualTo(MESSAGE.length + Hpke.OVERHEAD);
    assertThat(
            tink()
                .getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class)
                .decrypt(bytes(sealed), INFO.array()))
        .isEqualTo(MESSAGE);
  }

  @Test
  void sealedByTink_opens() throws GeneralSecurityException {
    byte[] sealed =
        tink()
            .getPublicKeysetHandle()
            .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class)
            .encrypt(MESSAGE, INFO.array());

    assertThat(Hpke.open(secret, INFO, ByteBuffer.wrap(sealed))).isEqualTo(MESSAGE);
  }

  @Test
  void everyChangedBit_isRefused() {
    byte[] sealed =
        bytes(Hpke.seal(Hpke.publicKey(secret), INFO, ByteBuffer.wrap(MESSAGE), random));
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      refused(() -> Hpke.open(secret, INFO, ByteBuffer.wrap(changed)));
    }
  }

  @Test
  void otherInfoOrKey_isRefused() {
    ByteBuffer sealed = Hpke.seal(Hpke.publicKey(secret), INFO, ByteBuffer.wrap(MESSAGE), random);

    refused(() -> Hpke.open(secret, ByteBuffer.allocate(0), sealed));
    refused(() -> Hpke.open(secret(), INFO, sealed));
    refused(() -> Hpke.open(secret, INFO, sealed.slice(0, 20)));
  }

  @Test
  void keysThatAreNone_areRefused() {
    refused(() -> Hpke.seal(new byte[Hpke.KEY], INFO, ByteBuffer.wrap(MESSAGE), random));
    refused(() -> Hpke.seal(new byte[3], INFO, ByteBuffer.wrap(MESSAGE), random));
  }

  @Test
  void wrappedKeys_areReadAsTheyWereWritten() {
    ByteBuffer message = Hpke.seal(Hpke.publicKey(secret), INFO, ByteBuffer.wrap(MESSAGE), random);
    WrappedKey key = new WrappedKey.ToRound(ByteBuffer.wrap(new byte[] {1, 2, 3}), message);
    ByteBuffer encoded = key.encode();

    assertThat(WrappedKey.read(encoded)).isEqualTo(key);
    assertThat(WrappedKey.read(ByteBuffer.wrap(MESSAGE)))
        .isEqualTo(new WrappedKey.ByService(ByteBuffer.wrap(MESSAGE)));
    for (int length = 8; length < encoded.remaining(); length++) {
      ByteBuffer cut = encoded.slice(0, length);
      refused(() -> WrappedKey.read(cut));
    }
  }

  private KeysetHandle tink() throws GeneralSecurityException {
    HpkeParameters parameters =
        HpkeParameters.builder()
            .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
            .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
            .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
            .setVariant(HpkeParameters.Variant.NO_PREFIX)
            .build();
    HpkePublicKey open =
        HpkePublicKey.create(parameters, Bytes.copyFrom(Hpke.publicKey(secret)), null);
    HpkePrivateKey key =
        HpkePrivateKey.create(open, SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()));
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
        .build();
  }

  private byte[] secret() {
    byte[] drawn = new byte[Hpke.KEY];
    new SecureRandom().nextBytes(drawn);
    return drawn;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(FormatException.class);
  }
}
