package io.rengo.aws;

import io.rengo.core.seal.DataKey;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.Keys;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/// Data keys of AWS KMS, wrapped under one key and an encryption context.
public final class KmsKeys implements Keys {
  private final Supplier<KmsClient> client;
  private final String key;

  /// @param key id, ARN or alias of the symmetric key that wraps
  public KmsKeys(Supplier<KmsClient> client, String key) {
    this.client = client;
    this.key = key;
  }

  @Override
  public Fresh generate(KeyContext context) {
    GenerateDataKeyResponse made =
        AwsErrors.translated(
            key,
            () ->
                client
                    .get()
                    .generateDataKey(r ->
                        r.keyId(key)
                            .keySpec(DataKeySpec.AES_256)
                            .encryptionContext(context.asMap())));
    return new Fresh(
        new DataKey(made.plaintext().asByteArray()), made.ciphertextBlob().asByteBuffer());
  }

  @Override
  public DataKey unwrap(ByteBuffer wrapped, KeyContext context) {
    DecryptResponse opened =
        AwsErrors.translated(
            key,
            () -> {
              try {
                return client
                    .get()
                    .decrypt(r ->
                        r.keyId(key)
                            .ciphertextBlob(SdkBytes.fromByteBuffer(wrapped.duplicate()))
                            .encryptionContext(context.asMap()));
              } catch (InvalidCiphertextException | IncorrectKeyException e) {
                throw new RengoException(
                    ErrorCode.SEAL_BROKEN,
                    "the key was not wrapped by " + key + " for this context",
                    context.toString(),
                    "Seal the update with the key that was made for this member, round and job",
                    e);
              }
            });
    byte[] secret = opened.plaintext().asByteArray();
    if (secret.length != DataKey.BYTES) {
      Arrays.fill(secret, (byte) 0);
      throw new RengoException(
          ErrorCode.SEAL_BROKEN,
          "the wrapped key has " + secret.length + " bytes, not " + DataKey.BYTES,
          context.toString(),
          "Seal the update with a data key of 256 bits");
    }
    return new DataKey(secret);
  }
}
