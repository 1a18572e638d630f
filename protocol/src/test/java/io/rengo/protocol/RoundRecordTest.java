package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundRecordTest {
  private static RoundRecord round(int cohort, int target, int accepted, int refused) {
    return new RoundRecord(
        Purpose.TRAIN,
        true,
        4,
        cohort,
        target,
        2,
        accepted,
        refused,
        Instant.EPOCH,
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "10, 8, 0, 0, false",
    "10, 8, 7, 2, false",
    "10, 8, 8, 0, true",
    "10, 8, 9, 0, true",
    "10, 8, 0, 10, true",
    "10, 8, 3, 7, true",
    "10, 10, 9, 0, false",
    "1, 1, 0, 1, true",
    "0, 1, 0, 0, true"
  })
  void round_isCompleteAtTheTargetOrWhenAllAnswered(
      int cohort, int target, int accepted, int refused, boolean complete) {
    assertThat(round(cohort, target, accepted, refused).complete()).isEqualTo(complete);
  }

  @Test
  void changes_leaveTheRestAsItWas() {
    RoundRecord round = round(10, 8, 3, 1);
    assertThat(round.plus(2, 1)).isEqualTo(round(10, 8, 5, 2));
    RoundRecord awaited = round.awaitedBy("token");
    assertThat(awaited.token()).contains("token");
    assertThat(awaited.plus(1, 0).token()).contains("token");
    assertThat(awaited.closed().open()).isFalse();
    assertThat(awaited.closed().token()).contains("token");
    assertThat(round.closed().plus(0, 0)).isEqualTo(round.closed());
  }
}
