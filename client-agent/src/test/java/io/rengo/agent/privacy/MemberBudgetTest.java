package io.rengo.agent.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.SampledGaussian;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.PrivacyLedger.Limit;
import io.rengo.protocol.PrivacySpec;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import io.rengo.protocol.Trust;
import io.rengo.protocol.UpdateSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberBudgetTest {
  private static final JobSpec SPEC =
      JobFile.parse(
          """
          model: {kind: mlp, layers: [199, 200]}
          privacy:
            {mechanism: local, adjacency: replace, epsilon: 6, delta: 0.00001, noise-multiplier: 4, clip-norm: 0.5}
          """,
          "job");
  private static final PrivacySpec PRIVACY = SPEC.privacy().orElseThrow();
  private static final SampledGaussian COST = new SampledGaussian(1, 4, 1);

  @TempDir Path folder;

  @Test
  void account_outlivesTheProcess() {
    Path file = folder.resolve("work/privacy.json");
    double first = MemberBudget.in(file, Optional.empty()).spend("j", PRIVACY, COST);
    double second = MemberBudget.in(file, Optional.empty()).spend("j", PRIVACY, COST);
    assertThat(second).isGreaterThan(first * 1.3);
    assertThat(MemberBudget.in(file, Optional.empty()).epsilon("j", PRIVACY)).isEqualTo(second);
  }

  @Test
  void jobsLimit_isKeptToWhateverTheServerAsks() {
    MemberBudget budget = MemberBudget.inMemory(Optional.empty());
    int rounds = spendAll(budget, "j");
    assertThat(rounds).isGreaterThan(1);
    assertThat(budget.epsilon("j", PRIVACY)).isLessThanOrEqualTo(6);
    assertThat(budget.spend("other", PRIVACY, COST)).isPositive();
  }

  @Test
  void membersOwnLimit_isOverAllJobs() {
    MemberBudget budget =
        MemberBudget.inMemory(Optional.of(new Limit(2, 1e-5, Adjacency.ADD_REMOVE)));
    assertThat(spendAll(budget, "one")).isPositive();
    assertThat(spendAll(budget, "two")).isZero();
  }

  private static int spendAll(MemberBudget budget, String job) {
    for (int rounds = 0; ; rounds++) {
      try {
        budget.spend(job, PRIVACY, COST);
      } catch (RengoException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.PRIVACY_SPENT);
        return rounds;
      }
    }
  }

  @Test
  void localNoise_clipsTheUpdateAndCoversIt() {
    MemberBudget budget = MemberBudget.inMemory(Optional.empty());
    float[] delta = new float[40_000];
    Arrays.fill(delta, 3);
    float[] sent = new LocalNoise(budget).protect(task(Optional.of(PRIVACY)), delta);
    double mean = 0;
    double squares = 0;
    for (float value : sent) {
      mean += value / sent.length;
      squares += (double) value * value / sent.length;
    }
    assertThat(mean).isCloseTo(0.5 / 200, within(0.05));
    assertThat(Math.sqrt(squares)).isCloseTo(4 * 0.5, within(0.05));
    assertThat(budget.epsilon("j", PRIVACY)).isPositive();
  }

  @Test
  void localNoise_leavesOtherJobsAlone() {
    MemberBudget budget = MemberBudget.inMemory(Optional.empty());
    float[] delta = {1, 2};
    assertThat(new LocalNoise(budget).protect(task(Optional.empty()), delta)).containsExactly(1, 2);
  }

  @Test
  void localNoise_withoutBudget_sendsNothing() {
    MemberBudget budget =
        MemberBudget.inMemory(Optional.of(new Limit(0.01, 1e-5, Adjacency.ADD_REMOVE)));
    LocalNoise noise = new LocalNoise(budget);
    Task task = task(Optional.of(PRIVACY));
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> noise.protect(task, new float[] {1}))
        .matches(e -> e.code() == ErrorCode.PRIVACY_SPENT);
  }

  private static Task task(Optional<PrivacySpec> privacy) {
    return new Task(
        Task.VERSION,
        "fed",
        "j",
        1,
        "ann",
        Purpose.TRAIN,
        new ModelRef(0, "key", 1, "layout", "hash"),
        SPEC.model(),
        SPEC.training(),
        new UpdateSpec(SPEC.algorithm(), SPEC.encoding(), 0),
        1,
        Instant.EPOCH,
        1,
        1L << 26,
        Trust.NONE,
        privacy);
  }
}
