package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0s,PT0S,0s",
    "500ms,PT0.5S,500ms",
    "90s,PT1M30S,90s",
    "120s,PT2M,2m",
    "15m,PT15M,15m",
    "30m,PT30M,30m",
    "6h,PT6H,6h",
    "48h,PT48H,2d",
    "2d,PT48H,2d",
    "999999999ms,PT277H46M39.999S,999999999ms",
    "999999999d,P999999999D,999999999d",
    "999999999h,PT999999999H,999999999h"
  })
  void text_isReadAndWrittenInTheLargestUnit(String text, Duration duration, String written) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
    assertThat(Durations.format(duration)).isEqualTo(written);
    assertThat(Durations.parse(written)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "90",
        "s",
        "-1s",
        "1.5h",
        "1 h",
        "1H",
        "1w",
        "1h30m",
        "PT1S",
        "9999999999s",
        "١s"
      })
  void otherText_isRefusedWithExamples(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .withMessage("«" + text + "» is not a duration such as 90s, 15m, 6h or 2d");
  }

  @Test
  void durationThatNoTextSays_isNotWritten() {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.format(Duration.ofNanos(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.format(Duration.ofSeconds(-1)));
  }
}
