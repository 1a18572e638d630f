package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {
  @ParameterizedTest
  @CsvSource({
    "'','',0",
    "a,'',1",
    "'',abc,3",
    "kind,kind,0",
    "kind,knid,2",
    "batchSize,batch-size,2"
  })
  void distance_countsLetters(String a, String b, int distance) {
    assertThat(Spelling.distance(a, b)).isEqualTo(distance);
    assertThat(Spelling.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void nearest_isTheNearestAndNotTheFirst() {
    assertThat(Spelling.nearest("fedadam", List.of("fedavgm", "fedadam"))).contains("fedadam");
    assertThat(Spelling.nearest("count", List.of("counts", "coun", "bount"))).contains("bount");
  }

  @Test
  void nearest_isNothingWhereAllAreFar() {
    assertThat(Spelling.nearest("rate", List.of("size", "exponent"))).isEmpty();
    assertThat(Spelling.nearest("knid", List.of("kind"))).contains("kind");
    assertThat(Spelling.nearest("dnik", List.of("kinds"))).isEmpty();
    assertThat(Spelling.nearest("mu", List.of("tau"))).isEmpty();
  }
}
