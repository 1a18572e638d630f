package io.rengo.aws;

import static io.rengo.aws.AwsErrors.isCode;

import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Conditional puts to a bucket.
final class S3Puts {
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  private final Supplier<S3Client> client;
  private final Supplier<String> bucket;
  private final ObjectStore objects;
  private final LedgerLock lock;

  S3Puts(Supplier<S3Client> client, Supplier<String> bucket, ObjectStore objects, LedgerLock lock) {
    this.lock = lock;
    this.client = client;
    this.bucket = bucket;
    this.objects = objects;
  }

  /// Stores the object if the condition holds, and says whether it did.
  ///
  /// @param sha256 of the content, in hex
  boolean put(
      String key, ByteBuffer content, String sha256, Consumer<PutObjectRequest.Builder> condition) {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(bucket.get())
            .key(key)
            .checksumSHA256(Bytes.base64(sha256))
            .applyMutation(condition)
            .applyMutation(put -> lock.apply(key, put))
            .build();
    try {
      Attempts.whileConflict(
          e -> e.statusCode() == CONFLICT,
          () -> client.get().putObject(request, Bytes.body(content)));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED || isCode(e, "NoSuchKey")) {
        return isFromBefore(e, key, sha256);
      }
      throw e;
    }
  }

  /// Whether the condition failed because an earlier attempt of the SDK had stored the content and
  /// only its answer was lost.
  private boolean isFromBefore(S3Exception e, String key, String sha256) {
    Integer attempts = e.numAttempts();
    return attempts != null
        && attempts > 1
        && objects.head(key).flatMap(ObjectInfo::sha256).equals(Optional.of(sha256));
  }
}
