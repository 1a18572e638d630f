package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;

class HandlerTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("RENGO_FUNCTION", "Decide", "RENGO_FEDERATION", "test", "RENGO_BUCKET", "bucket");

  @Test
  void starts_and_gets_ready_for_a_snapshot_without_region_credentials_or_network() {
    new Handler(ENVIRONMENT).beforeCheckpoint(Core.getGlobalContext());
  }

  @Test
  void a_variable_that_is_missing_is_named() {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> new Handler(Map.of("RENGO_FUNCTION", "Decide")))
        .withMessageContaining("RENGO_FEDERATION")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID));
  }
}
