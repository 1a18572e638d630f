package io.rengo.aws;

import static io.rengo.aws.AwsErrors.isCode;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Multipart uploads to a bucket, under a CRC-32 of the whole: a checksum that S3 puts together
/// from those of the parts by itself.
final class S3Uploads {
  private static final Set<String> WRONG_PARTS =
      Set.of("InvalidPart", "InvalidPartOrder", "EntityTooSmall", "MalformedXML");

  private final Supplier<S3Client> client;
  private final Supplier<String> bucket;

  S3Uploads(Supplier<S3Client> client, Supplier<String> bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  String open(String key) {
    return client
        .get()
        .createMultipartUpload(r ->
            r.bucket(bucket.get())
                .key(key)
                .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                .checksumType(ChecksumType.FULL_OBJECT))
        .uploadId();
  }

  String part(String key, String uploadId, int number, ByteBuffer content) {
    try {
      return client
          .get()
          .uploadPart(
              r ->
                  r.bucket(bucket.get())
                      .key(key)
                      .uploadId(uploadId)
                      .partNumber(number)
                      .checksumAlgorithm(ChecksumAlgorithm.CRC32),
              Bytes.body(content))
          .eTag();
    } catch (NoSuchUploadException e) {
      throw refused("s3://" + bucket.get() + "/" + key, uploadId, e);
    }
  }

  /// The etags of the parts that are there.
  List<String> parts(String key, String uploadId) {
    try {
      return client
          .get()
          .listPartsPaginator(r -> r.bucket(bucket.get()).key(key).uploadId(uploadId))
          .parts()
          .stream()
          .map(Part::eTag)
          .toList();
    } catch (NoSuchUploadException e) {
      throw refused("s3://" + bucket.get() + "/" + key, uploadId, e);
    }
  }

  /// Completes the upload unless there is an object under the key.
  void complete(String key, String uploadId, List<String> etags) {
    List<CompletedPart> parts =
        IntStream.range(0, etags.size())
            .mapToObj(i -> CompletedPart.builder().partNumber(i + 1).eTag(etags.get(i)).build())
            .toList();
    client
        .get()
        .completeMultipartUpload(r ->
            r.bucket(bucket.get())
                .key(key)
                .uploadId(uploadId)
                .ifNoneMatch("*")
                .multipartUpload(upload -> upload.parts(parts)));
  }

  /// Frees the parts; harmless where the upload is gone.
  void abort(String key, String uploadId) {
    try {
      client.get().abortMultipartUpload(r -> r.bucket(bucket.get()).key(key).uploadId(uploadId));
    } catch (NoSuchUploadException e) {
      return;
    }
  }

  /// What a refusal means where no object is under the key.
  RuntimeException refused(String where, String uploadId, S3Exception e) {
    if (isCode(e, "NoSuchUpload")) {
      return new RengoException(
          ErrorCode.OBJECT_MISSING,
          "there is no upload " + uploadId,
          where,
          "Open an upload for this key; one that was completed is gone",
          e);
    }
    if (WRONG_PARTS.stream().anyMatch(code -> isCode(e, code))) {
      return new RengoException(
          ErrorCode.CONFLICT,
          "the parts do not make an object: " + e.getMessage(),
          where,
          "Give the etag of each part's last upload; each part but the last has 5 MiB or more",
          e);
    }
    return e;
  }
}
