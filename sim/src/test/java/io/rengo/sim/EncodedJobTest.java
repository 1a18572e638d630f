package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.RoundReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an encoding costs in accuracy and saves in bytes: on digits, skewed over five members.
class EncodedJobTest {
  private static final String TWICE = ", rounds: {count: 40, quorum: 5}";
  private static final List<RoundReport> PLAIN = Digits.run("rounds: {count: 20, quorum: 5}");

  @ParameterizedTest
  @CsvSource({"bfloat16, 0.005, 0.52", "int8, 0.005, 0.30"})
  void roundedValuesLearnAsMuchInAsManyRounds(String kind, double points, double share) {
    List<RoundReport> reports =
        Digits.run("encoding: {kind: %s}, rounds: {count: 20, quorum: 5}".formatted(kind));

    assertThat(Digits.accuracy(reports)).isGreaterThanOrEqualTo(Digits.accuracy(PLAIN) - points);
    assertThat(bytes(reports)).isLessThan(share * bytes(PLAIN));
  }

  @ParameterizedTest
  @CsvSource({
    "'kind: top-k, share: 0.01', 0.01, 0.06",
    "'kind: random-k, share: 0.25', 0.02, 0.30",
    "'kind: sign, block: 64', 0.02, 0.12"
  })
  void errorFeedbackLearnsAsMuchInTwiceTheRounds(String encoding, double points, double share) {
    List<RoundReport> reports = Digits.run("encoding: {%s}%s".formatted(encoding, TWICE));

    assertThat(Digits.accuracy(reports)).isGreaterThanOrEqualTo(Digits.accuracy(PLAIN) - points);
    assertThat(bytes(reports)).isLessThan(share * bytes(PLAIN));
  }

  @Test
  void sameSeedsGiveTheSameModel() {
    String job = "encoding: {kind: int8}, rounds: {count: 2, quorum: 5}";

    assertThat(Digits.run(job).getLast().model().hash())
        .isEqualTo(Digits.run(job).getLast().model().hash());
  }

  private static double bytes(List<RoundReport> reports) {
    return reports.getFirst().bytes();
  }
}
