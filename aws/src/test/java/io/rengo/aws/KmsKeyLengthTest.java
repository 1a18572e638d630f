package io.rengo.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.aws.FakeAws.Answer;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may make data keys may make them of any length, and wrap them for the right context.
class KmsKeyLengthTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 31, 33, 1024})
  void wrappedKey_ofAnotherLengthIsABrokenSeal(int length) {
    String answer =
        "{\"Plaintext\":\"%s\"}".formatted(Base64.getEncoder().encodeToString(new byte[length]));
    try (FakeAws aws = new FakeAws(Answer.json(200, answer))) {
      KmsKeys keys = new KmsKeys(aws.clients()::kms, "key");

      assertThatThrownBy(
              () -> keys.unwrap(ByteBuffer.allocate(8), new KeyContext("test", "job", 1, "ann")))
          .isInstanceOfSatisfying(
              RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SEAL_BROKEN));
    }
  }
}
