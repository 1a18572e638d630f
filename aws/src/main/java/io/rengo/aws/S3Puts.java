package io.rengo.aws;

import static io.rengo.aws.AwsErrors.isCode;

import io.rengo.core.Sha256;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Conditional puts to a bucket.
final class S3Puts {
  private static final int CONNECTIONS = 4;
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

  /// Stores the object in parts, over several connections, unless there is one under the key, and
  /// says whether it did. What is uploaded in vain expires.
  ///
  /// @param sha256 of the parts' hashes
  boolean putInParts(String key, ByteBuffer content, String sha256, int partSize) {
    String id =
        client
            .get()
            .createMultipartUpload(r ->
                r.bucket(bucket.get())
                    .key(key)
                    .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                    .checksumType(ChecksumType.COMPOSITE))
            .uploadId();
    List<CompletedPart> parts = parts(key, id, content, partSize);
    check(key, parts, sha256);
    try {
      Attempts.whileConflict(
          e -> e.statusCode() == CONFLICT,
          () ->
              client
                  .get()
                  .completeMultipartUpload(r ->
                      r.bucket(bucket.get())
                          .key(key)
                          .uploadId(id)
                          .ifNoneMatch("*")
                          .multipartUpload(upload -> upload.parts(parts))));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED || isCode(e, "NoSuchUpload")) {
        return isFromBefore(e, key, sha256);
      }
      throw e;
    }
  }

  /// S3 has compared each part with its hash.
  private void check(String key, List<CompletedPart> parts, String sha256) {
    MessageDigest hash = Sha256.digest();
    parts.forEach(part -> hash.update(Base64.getDecoder().decode(part.checksumSHA256())));
    if (!HexFormat.of().formatHex(hash.digest()).equals(sha256)) {
      throw new RengoException(
          ErrorCode.PAYLOAD_HASH,
          "the content has another hash than was told",
          "s3://" + bucket.get() + "/" + key,
          "Leave the content as it is once its hash is computed");
    }
  }

  private List<CompletedPart> parts(String key, String id, ByteBuffer content, int size) {
    try (ExecutorService writers =
        Executors.newFixedThreadPool(CONNECTIONS, Thread.ofVirtual().factory())) {
      List<Future<CompletedPart>> parts =
          IntStream.range(0, Math.ceilDiv(content.remaining(), size))
              .mapToObj(i -> writers.submit(() -> part(key, id, i, content, size)))
              .toList();
      return parts.stream().map(Transfers::await).toList();
    }
  }

  private CompletedPart part(String key, String id, int index, ByteBuffer content, int size) {
    int begin = index * size;
    ByteBuffer bytes =
        content.slice(content.position() + begin, Math.min(size, content.remaining() - begin));
    String hash = Bytes.base64(Sha256.hex(bytes));
    String etag =
        client
            .get()
            .uploadPart(
                r ->
                    r.bucket(bucket.get())
                        .key(key)
                        .uploadId(id)
                        .partNumber(index + 1)
                        .checksumSHA256(hash),
                Bytes.body(bytes))
            .eTag();
    return CompletedPart.builder().partNumber(index + 1).eTag(etag).checksumSHA256(hash).build();
  }

  /// Whether the condition failed because an earlier attempt of the SDK had stored the content and
  /// only its answer was lost.
  private boolean isFromBefore(S3Exception e, String key, String sha256) {
    Integer attempts = e.numAttempts();
    return attempts != null && attempts > 1 && hash(key).equals(Optional.of(sha256));
  }

  /// Members may put what they may not read.
  private Optional<String> hash(String key) {
    try {
      return objects.head(key).flatMap(ObjectInfo::sha256);
    } catch (RengoException forbidden) {
      if (forbidden.code() == ErrorCode.ACCESS_DENIED) {
        return Optional.empty();
      }
      throw forbidden;
    }
  }
}
