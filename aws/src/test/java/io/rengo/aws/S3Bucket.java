package io.rengo.aws;

import java.util.UUID;

/// A bucket of its own for each test class.
final class S3Bucket {
  private S3Bucket() {}

  static S3ObjectStore create() {
    AwsClients clients = LocalStack.clients();
    String bucket = "rengo-test-" + UUID.randomUUID();
    clients.s3().createBucket(r -> r.bucket(bucket));
    return new S3ObjectStore(clients.s3(), bucket);
  }
}
