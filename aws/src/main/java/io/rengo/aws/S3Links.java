package io.rengo.aws;

import io.rengo.protocol.ObjectStore.Link;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Presigned requests to a bucket. What a put has to send along is signed with it: its length, its
/// SHA-256, and that nothing may be under the key. They hold no longer than the credentials that
/// sign them.
final class S3Links {
  /// What every client sends by itself.
  private static final Set<String> BY_ITSELF = Set.of("host", "content-length");

  private final Supplier<S3Presigner> presigner;
  private final Supplier<String> bucket;

  S3Links(Supplier<S3Presigner> presigner, Supplier<String> bucket) {
    this.presigner = presigner;
    this.bucket = bucket;
  }

  Link toRead(String key, Duration validity) {
    return link(
        presigner
            .get()
            .presignGetObject(r ->
                r.signatureDuration(validity)
                    .getObjectRequest(get -> get.bucket(bucket.get()).key(key))));
  }

  Link toPutOnce(String key, long size, String sha256, Duration validity) {
    return link(
        presigner
            .get()
            .presignPutObject(r ->
                r.signatureDuration(validity)
                    .putObjectRequest(put ->
                        put.bucket(bucket.get())
                            .key(key)
                            .contentLength(size)
                            .checksumSHA256(Bytes.base64(sha256))
                            .ifNoneMatch("*"))));
  }

  private static Link link(PresignedRequest request) {
    Map<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, List<String>> header : request.signedHeaders().entrySet()) {
      if (!BY_ITSELF.contains(header.getKey())) {
        headers.put(header.getKey(), String.join(",", header.getValue()));
      }
    }
    return new Link(URI.create(request.url().toString()), headers);
  }
}
