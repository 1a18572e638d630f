package io.rengo.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStoreContract;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.Tag;

class S3ObjectStoreTest extends ObjectStoreContract {
  private static final String BUCKET = S3Bucket.named();

  private final ObjectStore store = new S3ObjectStore(LocalStack.clients().s3(), BUCKET);

  @Test
  void whatMayExpireIsTagged() {
    String key = "expires/" + UUID.randomUUID();
    store.putOnce(key, ByteBuffer.wrap(new byte[3]));

    store.letExpire(key);
    store.letExpire(key + "-absent");

    assertThat(LocalStack.clients().s3().getObjectTagging(r -> r.bucket(BUCKET).key(key)).tagSet())
        .containsExactly(Tag.builder().key(S3ObjectStore.EXPIRES).value("true").build());
  }

  @Override
  protected ObjectStore store() {
    return store;
  }
}
