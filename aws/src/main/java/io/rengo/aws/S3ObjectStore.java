package io.rengo.aws;

import static io.rengo.aws.AwsErrors.translated;

import io.rengo.core.ContentHash;
import io.rengo.core.Sha256;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Objects in an Amazon S3 bucket. Conditions are S3's own (`If-None-Match`, `If-Match`), and an
/// object that is put carries its [ContentHash], which S3 verifies: a large one goes in parts over
/// several connections. To tell an absent object from a forbidden one the role must be allowed
/// `s3:ListBucket`, and to read a hash under KMS, `kms:Decrypt`.
public final class S3ObjectStore implements ObjectStore {
  /// The tag of objects that a rule of the bucket's lifecycle removes.
  public static final String EXPIRES = "rengo-expires";

  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final Supplier<S3Client> client;
  private final Supplier<String> bucket;
  private final S3Download downloads;
  private final S3Puts puts;
  private final S3Uploads uploads;
  private final int part;
  private final S3Links links;

  public S3ObjectStore(S3Client client, String bucket) {
    this(() -> client, () -> bucket);
  }

  S3ObjectStore(Supplier<S3Client> client, Supplier<String> bucket) {
    this(client, bucket, LedgerLock.NONE);
  }

  S3ObjectStore(Supplier<S3Client> client, Supplier<String> bucket, LedgerLock lock) {
    this(client, bucket, lock, ContentHash.PART);
  }

  /// @param presigner signs links
  S3ObjectStore(
      Supplier<S3Client> client,
      Supplier<String> bucket,
      LedgerLock lock,
      Supplier<S3Presigner> presigner) {
    this(client, bucket, lock, presigner, ContentHash.PART);
  }

  /// @param part bytes from which on an object is put in parts of so many
  S3ObjectStore(Supplier<S3Client> client, Supplier<String> bucket, LedgerLock lock, int part) {
    this(
        client,
        bucket,
        lock,
        () -> {
          throw new IllegalStateException("this store was made without a presigner");
        },
        part);
  }

  private S3ObjectStore(
      Supplier<S3Client> client,
      Supplier<String> bucket,
      LedgerLock lock,
      Supplier<S3Presigner> presigner,
      int part) {
    this.part = part;
    this.client = client;
    this.bucket = bucket;
    this.downloads = new S3Download(client);
    this.puts = new S3Puts(client, bucket, this, lock);
    this.uploads = new S3Uploads(client, bucket);
    this.links = new S3Links(presigner, bucket);
  }

  @Override
  public Optional<StoredObject> get(String key) {
    return ifPresent(key, () -> downloads.get(object(key).build()));
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return ifPresent(
        key,
        () -> {
          HeadObjectResponse head =
              client
                  .get()
                  .headObject(
                      r -> r.bucket(bucket.get()).key(key).checksumMode(ChecksumMode.ENABLED));
          Optional<String> sha256 = Bytes.hex(Optional.ofNullable(head.checksumSHA256()));
          return new ObjectInfo(key, head.contentLength(), head.eTag(), sha256);
        });
  }

  @Override
  public ByteBuffer range(String key, long offset, int length) {
    return (length == 0 ? head(key).map(info -> nothing()) : part(key, offset, length))
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.OBJECT_MISSING,
                "there is no object",
                where(key),
                "Store it before it is read"));
  }

  @Override
  public Put putOnce(String key, ByteBuffer content) {
    return putOnce(key, content, ContentHash.of(content, part));
  }

  @Override
  public Put putOnce(String key, ByteBuffer content, String sha256) {
    boolean stored =
        content.remaining() > part
            ? translated(where(key), () -> puts.putInParts(key, content, sha256, part))
            : put(key, content, sha256, r -> r.ifNoneMatch("*"));
    return stored ? Put.STORED : Put.ALREADY_THERE;
  }

  @Override
  public boolean compareAndSwap(String key, Optional<String> etag, ByteBuffer content) {
    return put(
        key,
        content,
        Sha256.hex(content),
        r -> etag.ifPresentOrElse(r::ifMatch, () -> r.ifNoneMatch("*")));
  }

  @Override
  public String openUpload(String key) {
    return translated(where(key), () -> uploads.open(key));
  }

  @Override
  public String uploadPart(String key, String uploadId, int number, ByteBuffer content) {
    return translated(where(key), () -> uploads.part(key, uploadId, number, content));
  }

  @Override
  public List<String> uploadedParts(String key, String uploadId) {
    return translated(where(key), () -> uploads.parts(key, uploadId));
  }

  @Override
  public Put completeUpload(String key, String uploadId, List<String> etags) {
    return translated(
        where(key),
        () -> {
          if (head(key).isPresent()) {
            uploads.abort(key, uploadId);
            return Put.ALREADY_THERE;
          }
          try {
            uploads.complete(key, uploadId, etags);
            return Put.STORED;
          } catch (S3Exception e) {
            if (head(key).isPresent()) {
              uploads.abort(key, uploadId);
              return Put.ALREADY_THERE;
            }
            throw uploads.refused(where(key), uploadId, e);
          }
        });
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return translated(
        where(prefix),
        () ->
            client
                .get()
                .listObjectsV2Paginator(r -> r.bucket(bucket.get()).prefix(prefix))
                .contents()
                .stream()
                .map(o -> new ObjectInfo(o.key(), o.size(), o.eTag(), Optional.empty()))
                .toList());
  }

  @Override
  public void letExpire(String key) {
    Tagging expires = Tagging.builder().tagSet(t -> t.key(EXPIRES).value("true")).build();
    var _ =
        ifPresent(
            key,
            () ->
                client
                    .get()
                    .putObjectTagging(r -> r.bucket(bucket.get()).key(key).tagging(expires)));
  }

  @Override
  public void delete(String key) {
    translated(where(key), () -> client.get().deleteObject(r -> r.bucket(bucket.get()).key(key)));
  }

  @Override
  public Link linkToRead(String key, Duration validity) {
    return translated(where(key), () -> links.toRead(key, validity));
  }

  @Override
  public Link linkToPutOnce(String key, long size, String sha256, Duration validity) {
    return translated(where(key), () -> links.toPutOnce(key, size, sha256, validity));
  }

  private Optional<ByteBuffer> part(String key, long offset, int length) {
    String range = "bytes=" + offset + "-" + (offset + length - 1);
    return ifPresent(
        key,
        () -> {
          try {
            return client.get().getObject(object(key).range(range).build(), Bytes::read);
          } catch (S3Exception e) {
            if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
              return nothing();
            }
            throw e;
          }
        });
  }

  private boolean put(
      String key, ByteBuffer content, String sha256, Consumer<PutObjectRequest.Builder> condition) {
    return translated(where(key), () -> puts.put(key, content, sha256, condition));
  }

  private <T> Optional<T> ifPresent(String key, Supplier<T> call) {
    return translated(
        where(key),
        () -> {
          try {
            return Optional.of(call.get());
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  private GetObjectRequest.Builder object(String key) {
    return GetObjectRequest.builder().bucket(bucket.get()).key(key);
  }

  private String where(String key) {
    return "s3://" + bucket.get() + "/" + key;
  }

  private static ByteBuffer nothing() {
    return ByteBuffer.allocate(0).asReadOnlyBuffer();
  }
}
