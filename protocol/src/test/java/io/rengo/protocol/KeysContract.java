package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What every [Keys] does.
public abstract class KeysContract {
  private static final KeyContext CONTEXT = new KeyContext("fed", "job", 3, "ann");

  /// The service; the tests of a class may share it.
  protected abstract Keys keys();

  /// Another service, or the same with another key of its own.
  protected abstract Keys others();

  @Test
  void a_wrapped_key_is_unwrapped_as_it_was_made() {
    Keys.Fresh fresh = keys().generate(CONTEXT);

    assertThat(keys().unwrap(fresh.wrapped(), CONTEXT).exportSecret())
        .isEqualTo(fresh.key().exportSecret());
    assertThat(fresh.wrapped().remaining()).isPositive();
  }

  @Test
  void every_key_is_another() {
    assertThat(keys().generate(CONTEXT).key().exportSecret())
        .isNotEqualTo(keys().generate(CONTEXT).key().exportSecret());
  }

  @Test
  void a_key_is_not_unwrapped_in_another_context() {
    ByteBuffer wrapped = keys().generate(CONTEXT).wrapped();

    for (KeyContext other :
        List.of(
            new KeyContext("fee", "job", 3, "ann"),
            new KeyContext("fed", "jab", 3, "ann"),
            new KeyContext("fed", "job", 4, "ann"),
            new KeyContext("fed", "job", 3, "bob"))) {
      assertRefused(() -> keys().unwrap(wrapped, other));
    }
  }

  @Test
  void a_changed_key_is_not_unwrapped() {
    byte[] wrapped = bytes(keys().generate(CONTEXT).wrapped());
    wrapped[wrapped.length - 1] ^= 1;

    assertRefused(() -> keys().unwrap(ByteBuffer.wrap(wrapped), CONTEXT));
    assertRefused(() -> keys().unwrap(ByteBuffer.wrap(new byte[3]), CONTEXT));
  }

  @Test
  void a_key_that_another_service_wrapped_is_not_unwrapped() {
    ByteBuffer wrapped = others().generate(CONTEXT).wrapped();

    assertRefused(() -> keys().unwrap(wrapped, CONTEXT));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SEAL_BROKEN));
  }
}
