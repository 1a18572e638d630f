package io.rengo.aws;

import io.rengo.core.Sha256;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/// An asymmetric key of AWS KMS, which signs there and never leaves it.
///
/// @param id id, ARN or alias of the key (`ECC_NIST_P256`, `SIGN_VERIFY`)
record KmsKey(Supplier<KmsClient> client, String id) implements SigningKey {
  @Override
  public PublicKey publicKey() {
    byte[] encoded =
        AwsErrors.translated(
            id, () -> client.get().getPublicKey(r -> r.keyId(id)).publicKey().asByteArray());
    try {
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "the key is not one of an elliptic curve",
          id,
          "Make one: aws kms create-key --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY",
          e);
    }
  }

  @Override
  public byte[] sign(byte[] content) {
    byte[] digest = Sha256.digest().digest(content);
    return AwsErrors.translated(
        id,
        () ->
            client
                .get()
                .sign(r ->
                    r.keyId(id)
                        .messageType(MessageType.DIGEST)
                        .message(SdkBytes.fromByteArray(digest))
                        .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
                .signature()
                .asByteArray());
  }
}
