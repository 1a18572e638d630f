package io.rengo.aws;

import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStoreContract;
import org.junit.jupiter.api.BeforeAll;

class S3ObjectStoreTest extends ObjectStoreContract {
  private static ObjectStore store;

  @BeforeAll
  static void createBucket() {
    store = S3Bucket.create();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }
}
