package io.rengo.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore.Put;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Pages of ledgers in a bucket with Object Lock.
class LedgerLockTest {
  private final S3Client s3 = LocalStack.clients().s3();
  private final String bucket = "locked-" + UUID.randomUUID();

  @Test
  void page_cannotBeRemovedOrChangedAndOtherObjectsCan() {
    s3.createBucket(r -> r.bucket(bucket).objectLockEnabledForBucket(true));
    Map<String, String> environment = new HashMap<>(LocalStack.environment());
    environment.put("RENGO_FEDERATION", "demo");
    environment.put("RENGO_BUCKET", bucket);
    environment.put("RENGO_LEDGER_LOCK_DAYS", "30");
    var objects = new AwsPorts().open(environment).objects();
    ObjectKeys keys = new ObjectKeys("job-1");

    assertThat(objects.putOnce(keys.ledger(0), bytes("page"))).isEqualTo(Put.STORED);
    assertThat(objects.putOnce(keys.ledger(0), bytes("other"))).isEqualTo(Put.ALREADY_THERE);
    objects.putOnce(keys.report(1), bytes("report"));

    var locked = s3.headObject(r -> r.bucket(bucket).key(keys.ledger(0)));
    assertThat(locked.objectLockModeAsString()).isEqualTo("COMPLIANCE");
    assertThat(locked.objectLockRetainUntilDate())
        .isBetween(
            Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(31)));
    assertThatThrownBy(() -> remove(keys.ledger(0)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    remove(keys.report(1));
    assertThat(objects.head(keys.report(1))).isEmpty();
    assertThat(objects.get(keys.ledger(0)).orElseThrow().content()).isEqualTo(bytes("page"));
  }

  /// For good, not behind a marker.
  private void remove(String key) {
    String version =
        s3.listObjectVersions(r -> r.bucket(bucket).prefix(key)).versions().stream()
            .map(ObjectVersion::versionId)
            .findFirst()
            .orElseThrow();
    s3.deleteObject(r -> r.bucket(bucket).key(key).versionId(version));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
