package io.rengo.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

class KmsSignerTest {
  private static final byte[] CONTENT = "a task".getBytes(StandardCharsets.UTF_8);
  private static KmsSigner signer;

  @BeforeAll
  static void createKey() {
    KmsClient client = LocalStack.clients().kms();
    String key =
        client
            .createKey(r -> r.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
            .keyMetadata()
            .keyId();
    signer = new KmsSigner(() -> client, key, S3Bucket.create(), InstantSource.system());
  }

  @Test
  void signature_isThatOfThePublicKeyOverTheContent() throws GeneralSecurityException {
    byte[] signature = signer.sign(CONTENT);

    assertThat(verifies(CONTENT, signature)).isTrue();
    assertThat(verifies("a tusk".getBytes(StandardCharsets.UTF_8), signature)).isFalse();
  }

  @Test
  void publicKey_isOneOfP256() {
    assertThat(signer.publicKey())
        .isInstanceOfSatisfying(
            ECPublicKey.class,
            key -> assertThat(key.getParams().getCurve().getField().getFieldSize()).isEqualTo(256));
  }

  @Test
  void withoutACertificate_theMendIsNamed() {
    assertThatThrownBy(signer::certificate)
        .isInstanceOfSatisfying(
            RengoException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
              assertThat(e.mend()).contains("rengo federation publish");
            });
  }

  private static boolean verifies(byte[] content, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(signer.publicKey());
    verifier.update(content);
    return verifier.verify(signature);
  }
}
