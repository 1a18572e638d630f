package io.rengo.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.identity.AuthorityKeyContract;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.SigningKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/// An authority whose key never leaves AWS KMS.
class KmsAuthorityTest extends AuthorityKeyContract {
  private static String key = "";
  private static String other = "";

  @BeforeAll
  static void createKeys() {
    key = create(KeySpec.ECC_NIST_P256);
    other = create(KeySpec.ECC_NIST_P256);
  }

  @Override
  protected SigningKey key() {
    return key(key);
  }

  @Override
  protected SigningKey other() {
    return key(other);
  }

  @Test
  void keyOfAnotherKind_isRefusedWithTheMend() {
    SigningKey rsa = key(create(KeySpec.RSA_2048));

    assertThatThrownBy(rsa::publicKey)
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("ECC_NIST_P256");
  }

  private static SigningKey key(String id) {
    return new AwsPorts().operator(LocalStack.environment()).keys().apply(id);
  }

  private static String create(KeySpec spec) {
    return LocalStack.clients()
        .kms()
        .createKey(r -> r.keySpec(spec).keyUsage(KeyUsageType.SIGN_VERIFY))
        .keyMetadata()
        .arn();
  }
}
