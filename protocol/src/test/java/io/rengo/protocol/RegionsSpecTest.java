package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionsSpecTest {
  private static final String FILE =
      """
      seed: 3
      model: {kind: mlp, layers: [4, 2]}
      rounds: {count: 7, quorum: 2, deadline: 2m}
      regions: {quorum: 4, deadline: 1m, members: 50}
      aggregation: {max-examples: 100, rule: {name: median}, filter: {norm-z: 3.5}, scores: true}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rounds: {deadline: 1m}    | regions.deadline | JOB_INVALID     | less than rounds.deadline
          algorithm: {name: scaffold} | regions        | JOB_INVALID     | algorithm plain
          algorithm: {name: fednova}  | regions        | JOB_INVALID     | algorithm plain
          buffer: {size: 2}         | regions          | JOB_INVALID     | buffer
          privacy: {mechanism: central, epsilon: 8, delta: 1.0e-3, noise-multiplier: 2, clip-norm: 1} | regions | PRIVACY_REFUSED | privacy
          privacy: {mechanism: dp-sgd, epsilon: 8, delta: 1.0e-3, noise-multiplier: 2, clip-norm: 1}  | regions | PRIVACY_REFUSED | privacy
          """)
  void whatTwoLevelsWouldBreak_isRefused(
      String section, String field, ErrorCode code, String mend) {
    String file = "model: {kind: mlp, layers: [4, 2]}\nregions: {deadline: 1m}\n" + section;
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> JobFile.parse(file, "job.yaml"))
        .matches(e -> e.code() == code)
        .matches(e -> e.where().equals("job.yaml, field " + field), field)
        .matches(e -> e.mend().toLowerCase(Locale.ROOT).contains(mend), mend);
  }

  @Test
  void simulationOfRegions_needsAJobForThem() {
    String file =
        """
        model: {kind: mlp, layers: [4, 2]}
        simulation: {members: 4, regions: 2, data: {format: csv, path: a.csv}}
        """;
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> JobFile.parse(file, "job.yaml"))
        .matches(e -> e.where().equals("job.yaml, field simulation.regions"));
    assertThat(JobFile.parse(file + "regions: {deadline: 1m}", "job.yaml").regions()).isPresent();
  }

  @Test
  void regionsMean_weighsAsManyMembersAtMost() {
    JobSpec spec = JobFile.parse(FILE, "job.yaml");
    assertThat(spec.mostExamples()).isEqualTo(5_000);
    assertThat(JobFile.parse(FILE.replaceAll("regions.*\n", ""), "job.yaml").mostExamples())
        .isEqualTo(100);
  }

  @Test
  void regionsJob_isTheWeightedMeanOfAllItsMembers() {
    JobSpec above = JobFile.parse(FILE, "job.yaml");
    Task task =
        new Task(
            Task.VERSION,
            "demo",
            "j",
            1,
            "north",
            Purpose.TRAIN,
            new ModelRef(0, "key", 8, "layout", "hash"),
            above.model(),
            above.training(),
            new UpdateSpec(above.algorithm(), above.encoding(), 0),
            5,
            Instant.EPOCH,
            3,
            1L << 26,
            Trust.NONE,
            Optional.empty(),
            RegionTask.of(above, 3),
            Optional.empty(),
            Downlink.DELTA,
            Optional.empty());

    Task received = Json.read(Json.write(task), Task.class, "task");
    JobSpec region = received.region().orElseThrow().job(received);

    assertThat(received).isEqualTo(task);
    assertThat(region.rounds().quorum()).isEqualTo(4);
    assertThat(region.rounds().deadline()).hasMinutes(1);
    assertThat(region.seed()).hasValue(3L);
    assertThat(region.aggregation().maxExamples()).isEqualTo(100);
    assertThat(JobFile.parse(JobFile.write(region), "region")).isEqualTo(region);
    assertThat(JobFile.write(region).at("/aggregation/rule/name").asText()).isEqualTo("mean");
    assertThat(JobFile.write(region).at("/aggregation/scores").asBoolean()).isFalse();
  }
}
