package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FederationTest {
  private static final Federation FEDERATION = new Federation("hospitals");

  @Test
  void names_beginWithTheFederations() {
    assertThat(
            List.of(
                FEDERATION.memberQueue("site-1"),
                FEDERATION.eventQueue(),
                FEDERATION.table(),
                FEDERATION.jobStateMachine(),
                FEDERATION.roundStateMachine(),
                FEDERATION.bufferStateMachine(),
                FEDERATION.function("fold-tiles")))
        .containsExactly(
            "rengo-hospitals-member-site-1",
            "rengo-hospitals-events",
            "rengo-hospitals",
            "rengo-hospitals-job",
            "rengo-hospitals-round",
            "rengo-hospitals-buffer",
            "rengo-hospitals-fold-tiles");
  }

  @Test
  void longestNames_fitWhatAwsAllows() {
    Federation longest = new Federation("f".repeat(20));
    assertThat(longest.memberQueue("m".repeat(40))).hasSizeLessThanOrEqualTo(80);
    assertThat(longest.function("dispatch-tasks")).hasSizeLessThanOrEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1a",
        "-a",
        "A",
        "a_b",
        "a/b",
        "a b",
        "aaaaaaaaaaaaaaaaaaaaa",
        "a\n",
        "a-member-b",
        "a-member"
      })
  void nameThatCouldMeanAnother_isRefused(String name) {
    RengoException error = catchThrowableOfType(RengoException.class, () -> new Federation(name));
    assertThat(error.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(error.where()).isEqualTo("federation");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "A", "a_b", "..", "a/b", "a.b", "é", "a\n"})
  void hostileMemberName_isRefused(String member) {
    assertThat(Federation.isMemberName(member)).isFalse();
    assertThat(
            catchThrowableOfType(RengoException.class, () -> FEDERATION.memberQueue(member)).code())
        .isEqualTo(ErrorCode.CONFIG_INVALID);
  }

  @Test
  void memberName_has1To40Characters() {
    assertThat(Federation.isMemberName("0")).isTrue();
    assertThat(Federation.isMemberName("m".repeat(40))).isTrue();
    assertThat(Federation.isMemberName("m".repeat(41))).isFalse();
  }
}
