package io.rengo.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore.Put;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PortsProvider;
import io.rengo.protocol.RecordStore.RecordKey;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AwsPortsTest {
  private final Map<String, String> environment =
      new HashMap<>(Map.of("RENGO_FEDERATION", "test", "RENGO_BUCKET", "bucket"));

  @Test
  void the_provider_is_found_and_reaches_the_bucket() {
    String bucket = "rengo-test-" + UUID.randomUUID();
    LocalStack.clients().s3().createBucket(r -> r.bucket(bucket));
    environment.put("RENGO_BUCKET", bucket);
    environment.putAll(LocalStack.environment());

    Ports ports = PortsProvider.fromEnvironment(environment);

    assertThat(ports.objects().putOnce("key", ByteBuffer.wrap("x".getBytes(UTF_8))))
        .isEqualTo(Put.STORED);
  }

  @Test
  void nothing_is_connected_when_the_ports_are_opened() {
    environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");

    assertThat(open().clock().millis()).isPositive();
  }

  @Test
  void what_every_process_needs_is_named_at_once() {
    assertMissing(AwsEnvironment.BUCKET, this::open);
    assertMissing(AwsEnvironment.FEDERATION, this::open);
  }

  @Test
  void what_some_processes_need_is_named_when_they_need_it() {
    Ports ports = open();

    assertMissing(AwsEnvironment.TABLE, () -> ports.records().get(new RecordKey("p", "s")));
    assertMissing(AwsEnvironment.JOB_STATE_MACHINE, () -> ports.workflow().describe("job"));
  }

  @Test
  void a_state_machine_is_named_by_its_arn() {
    environment.put(AwsEnvironment.JOB_STATE_MACHINE, "rengo-test-job");

    assertInvalid(() -> open().workflow().describe("job"))
        .hasMessageContaining(AwsEnvironment.JOB_STATE_MACHINE)
        .hasMessageContaining("«rengo-test-job»");
  }

  private Ports open() {
    return new AwsPorts().open(environment);
  }

  private void assertMissing(String variable, ThrowingCallable call) {
    environment.remove(variable);
    assertInvalid(call).hasMessageContaining(variable);
  }

  private static AbstractThrowableAssert<?, ?> assertInvalid(ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID));
  }
}
