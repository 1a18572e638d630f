package io.rengo.aws;

import java.util.UUID;

/// A bucket of its own for each test class.
final class S3Bucket {
  private S3Bucket() {}

  static S3ObjectStore create() {
    return new S3ObjectStore(LocalStack.clients().s3(), named());
  }

  /// A new bucket's name.
  static String named() {
    String bucket = "rengo-test-" + UUID.randomUUID();
    LocalStack.clients().s3().createBucket(r -> r.bucket(bucket));
    return bucket;
  }

  /// A store that gives links.
  static S3ObjectStore linking() {
    String bucket = named();
    AwsClients clients = LocalStack.clients();
    return new S3ObjectStore(clients::s3, () -> bucket, LedgerLock.NONE, clients::presigner);
  }
}
