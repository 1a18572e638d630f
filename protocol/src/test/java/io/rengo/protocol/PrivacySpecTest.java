package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rengo.core.privacy.SampledGaussian;
import io.rengo.core.privacy.TreeCost;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivacySpecTest {
  private static final String CENTRAL =
      "model: {kind: mlp, layers: [4, 2]}\n"
          + "privacy: {mechanism: central, epsilon: 8, delta: 1.0e-3, noise-multiplier: 2,"
          + " clip-norm: 1, EXTRA}\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          central | amplification: true  |                                     | privacy.amplification | poisson
          central | amplification: true  | cohort: {rule: uniform, size: 2}    | privacy.amplification | poisson
          central | amplification: false | cohort: {rule: uniform, size: 2}    | cohort.rule           | replace
          central | amplification: false | cohort: {rule: weighted, size: 2}   | cohort.rule           | poisson
          central | amplification: false | stop: {accuracy: 0.9}               | stop.accuracy         | public
          local   | amplification: true  |                                     | privacy.amplification | dp-sgd
          local   | quantile: 0.5        |                                     | privacy.quantile      | central
          central | quantile: null       | aggregation: {rule: {name: median}} | aggregation.rule      | mean
          central | quantile: null       | aggregation: {rule: {name: krum, byzantine: 1}} | aggregation.rule | mean
          central | quantile: null       | aggregation: {filter: {norm-z: 3}}  | aggregation           | filter
          tree    | amplification: false | cohort: {rule: poisson, rate: 0.1}  | cohort.rule           | turns
          tree    | amplification: false | cohort: {rule: uniform, size: 2}    | cohort.rule           | turns
          tree    | amplification: false | cohort: {rule: weighted, size: 2}   | cohort.rule           | turns
          tree    | amplification: false | cohort: {rule: straggler-aware, size: 2} | cohort.rule      | turns
          tree    | amplification: true  | cohort: {rule: turns, every: 4}     | privacy.amplification | Leave
          tree    | quantile: 0.5        | cohort: {rule: turns, every: 4}     | privacy.quantile      | central
          tree    | restart: 4           | aggregation: {rule: {name: median}} | aggregation.rule      | mean
          tree    | restart: 4           | aggregation: {scores: true}         | aggregation           | scores
          tree    | restart: 4           | stop: {accuracy: 0.9}               | stop.accuracy         | public
          central | restart: 4           |                                     | privacy.restart       | tree
          """)
  void claimThatIsNotKept_isRefusedWithItsFieldAndAMend(
      String mechanism, String extra, String more, String field, String mend) {
    String file =
        CENTRAL.replace("central", mechanism).replace("EXTRA", extra)
            + Optional.ofNullable(more).orElse("");
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> JobFile.parse(file, "job.yaml"))
        .matches(e -> e.code() == ErrorCode.PRIVACY_REFUSED)
        .matches(e -> e.where().equals("job.yaml, field " + field), field)
        .matches(e -> e.mend().contains(mend), mend);
  }

  @Test
  void start_withAFixedSeed_isRefused() {
    refusedAtStart("seed: 4\n", 5, "seed");
  }

  @Test
  void start_withADeltaOfOneMember_isRefused() {
    refusedAtStart("", 1000, "privacy.delta");
  }

  @Test
  void deltaOfOneExample_isRefusedByTheMemberThatHasAsMany() {
    PrivacySpec promise =
        JobFile.parse(CENTRAL.replace("central", "dp-sgd").replace("EXTRA", "quantile: null"), "j")
            .privacy()
            .orElseThrow();
    promise.checkExamples(999);
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> promise.checkExamples(1000))
        .matches(e -> e.code() == ErrorCode.PRIVACY_REFUSED && e.where().equals("privacy.delta"));
  }

  @Test
  void start_withLessNoiseThanOneRoundNeeds_isRefused() {
    String file =
        CENTRAL.replace("EXTRA", "quantile: null").replace("multiplier: 2", "multiplier: 0.3");
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> start(file, 5))
        .matches(e -> e.where().equals("privacy.noise-multiplier"));
  }

  @Test
  void round_countsTheRateOnlyWhereAmplificationIsClaimed() {
    String sampled =
        CENTRAL.replace("EXTRA", "amplification: true") + "cohort: {rule: poisson, rate: 0.2}\n";
    assertThat(round(sampled)).isEqualTo(new SampledGaussian(0.2, 2, 1));
    assertThat(round(sampled.replace("true", "false"))).isEqualTo(new SampledGaussian(1, 2, 1));
  }

  @Test
  void round_ofATree_costsWhatItsNodesAddToTheMemberThatLosesMost() {
    String tree = CENTRAL.replace("central", "tree").replace("EXTRA", "restart: null");
    JobSpec turns = JobFile.parse(tree + "cohort: {rule: turns, every: 4}\n", "job.yaml");
    PrivacySpec promise = turns.privacy().orElseThrow();
    assertThat(promise.round(turns.cohort(), 1)).isEqualTo(new SampledGaussian(1, 2, 1));
    assertThat(promise.round(turns.cohort(), 3).steps()).isZero();
    assertThat(promise.tree(turns.cohort())).isEqualTo(new TreeCost(4, 4));
    JobSpec all = JobFile.parse(tree.replace("restart: null", "restart: 2"), "job.yaml");
    assertThat(all.privacy().orElseThrow().round(all.cohort(), 2))
        .isEqualTo(new SampledGaussian(1, 2 / Math.sqrt(5), 1));
  }

  private static SampledGaussian round(String file) {
    JobSpec spec = JobFile.parse(file, "job.yaml");
    return spec.privacy().orElseThrow().round(spec.cohort(), 1);
  }

  private static void refusedAtStart(String more, int members, String field) {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> start(CENTRAL.replace("EXTRA", "quantile: null") + more, members))
        .matches(e -> e.code() == ErrorCode.PRIVACY_REFUSED && e.where().equals(field));
  }

  private static void start(String file, int members) {
    JobSpec spec = JobFile.parse(file, "job.yaml");
    spec.privacy().orElseThrow().checkStart(spec.seed(), spec.cohort(), members);
  }
}
