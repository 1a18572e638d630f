package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.Safetensors;
import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.GridNoise;
import io.rengo.core.privacy.PldAccountant;
import io.rengo.core.privacy.TreeCost;
import io.rengo.core.privacy.TreeNoise;
import io.rengo.protocol.PrivacyReport;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.RoundReport.Outcome;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// DP-FTRL: the noise of a tree on the running sum of all rounds.
class TreePrivacyTest {
  private static final int WIDE = 20_000;
  private static final String FILE =
      """
      model: {kind: tensors, tensors: [{name: a, shape: [WIDTH], init: zeros}]}
      training: {trainer: dl4j}
      rounds: {count: 8, quorum: 2, deadline: 1h}
      cohort: {rule: turns, every: 8}
      privacy: {mechanism: tree, epsilon: 1000, delta: 0.001, noise-multiplier: 2, clip-norm: 1}
      """;
  private static final double EXPECTED = 3 / 8.0;

  private static String file(int width) {
    return FILE.replace("WIDTH", Integer.toString(width));
  }

  private static float[] model(JobByHand job, int version) {
    return Safetensors.read(
        job.place.bytes(Place.KEYS.model(version)), Job.load(job.place.ports, Place.JOB).layout());
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  private static RoundReport empty(JobByHand job, int round) {
    job.open(round);
    job.close(round);
    return job.aggregate(round);
  }

  @Test
  void model_hasTheNoiseOfTheNodesThatCoverItsRounds() {
    JobByHand job = JobByHand.started(file(WIDE));
    for (int round = 1; round <= 8; round++) {
      assertThat(empty(job, round).outcome()).isEqualTo(Outcome.PUBLISHED);
      double node = new GridNoise(2, 1, WIDE).sigma() / EXPECTED;
      double expected = node * Math.sqrt(TreeNoise.variance(round));
      assertThat(deviation(model(job, round)))
          .as("after round %d", round)
          .isCloseTo(expected, within(0.03 * expected));
    }
  }

  @Test
  void newTree_begins_afterACycle_onTopOfTheLast() {
    JobByHand job = JobByHand.started(file(WIDE).replace("every: 8", "every: 2"));
    for (int round = 1; round <= 4; round++) {
      empty(job, round);
    }
    double node = 2 / (3 / 2.0);
    double expected = node * Math.sqrt(2 * TreeNoise.variance(2));
    assertThat(deviation(model(job, 4))).isCloseTo(expected, within(0.03 * expected));
  }

  @Test
  void abandonedRound_leavesItsLeafEmpty() {
    JobByHand job = JobByHand.started(file(WIDE));
    empty(job, 1);
    job.open(2);
    job.close(2);
    job.record(2, Outcome.ABANDONED, List.of(), "why");
    empty(job, 3);
    empty(job, 4);
    double expected = 2 / EXPECTED * Math.sqrt(TreeNoise.variance(4));
    assertThat(deviation(model(job, 3))).isCloseTo(expected, within(0.03 * expected));
  }

  /// What was stored of the noise alone leads from one model to the next, so no draw was lost and
  /// none mixed with another.
  @Test
  void noise_isDrawnOnceHoweverOftenAStepRunsAndWhereverItDies() {
    check(Runner.twice());
    for (int i = 0; i < 5; i++) {
      check(Runner.twoThreads());
    }
    for (int call = 1; call <= 400; call += 7) {
      check(Runner.dying(new Dying(call)));
    }
  }

  private static void check(Runner runner) {
    JobByHand job = new JobByHand(new Place(), runner);
    job.start(file(6).replace("every: 8", "every: 4"));
    double[] running = new double[6];
    for (int round = 1; round <= 4; round++) {
      empty(job, round);
      List<double[]> stored = stored(job, round);
      double[] kept = new double[6];
      for (int i = 0; i < 6; i++) {
        running[i] += stored.getFirst()[i];
        for (double[] node : stored.subList(1, stored.size())) {
          kept[i] += node[i];
        }
        kept[i] *= new GridNoise(2, 1, 6).grid() / (3 / 4.0);
        assertThat(model(job, round)[i]).isCloseTo((float) kept[i], within(1e-5f));
      }
      assertThat(running).containsExactly(kept, within(1e-12));
    }
  }

  private static List<double[]> stored(JobByHand job, int round) {
    DoubleBuffer doubles =
        job.place.bytes(Place.KEYS.noisy(round, 0)).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    List<double[]> arrays = new ArrayList<>();
    while (doubles.hasRemaining()) {
      double[] array = new double[6];
      doubles.get(array);
      arrays.add(array);
    }
    return arrays;
  }

  @Test
  void momentum_isOnTheNoisyRunningSum() {
    JobByHand job =
        JobByHand.started(
            file(6) + "server-optimizer: {name: fedavgm, learning-rate: 0.5, momentum: 0.5}\n");
    double[] model = new double[6];
    double[] speed = new double[6];
    for (int round = 1; round <= 3; round++) {
      empty(job, round);
      double[] noisy = stored(job, round).getFirst();
      for (int i = 0; i < 6; i++) {
        speed[i] = 0.5 * speed[i] + noisy[i];
        model[i] += 0.5 * speed[i];
        assertThat((double) model(job, round)[i]).isCloseTo(model[i], within(1e-5));
      }
    }
  }

  @Test
  void memberTakesPartOnceInACycle_andIsClipped() {
    JobByHand job =
        JobByHand.started(
            file(4)
                .replace("every: 8", "every: 2")
                .replace("epsilon: 1000", "epsilon: 1.0e+11")
                .replace("noise-multiplier: 2", "noise-multiplier: 0.00001"));
    double moved = 0;
    for (int round = 1; round <= 2; round++) {
      job.open(round);
      for (String member : Place.MEMBERS) {
        job.deliver(TestUpdate.of(job.place, round, member, 5).send());
      }
      job.close(round);
      job.aggregate(round);
    }
    for (float value : model(job, 2)) {
      moved += value;
    }
    assertThat(moved).isCloseTo(3 * 4 * 0.5 / 1.5, within(1e-3));
  }

  @Test
  void cost_isThatOfTheTree_bookedBeforeEachRound() {
    JobByHand job =
        JobByHand.started(
            file(4)
                .replace("every: 8", "every: 4")
                .replace("epsilon: 1000", "epsilon: 5")
                .replace("count: 8", "count: 50"));
    int rounds = 0;
    Decide.Output decision = job.decide();
    while (decision.next().equals("round")) {
      assertThat(job.decide()).isEqualTo(decision);
      rounds++;
      PrivacyReport spent = empty(job, rounds).privacy().orElseThrow();
      assertThat(spent.epsilon()).isCloseTo(epsilon(rounds), within(1e-3));
      decision = job.decide();
    }
    assertThat(decision.state()).isEqualTo(Progress.State.COMPLETED);
    assertThat(decision.reason()).startsWith("PRIVACY_SPENT");
    assertThat(rounds).isBetween(5, 20);
    assertThat(epsilon(rounds)).isLessThanOrEqualTo(5);
    assertThat(epsilon(rounds + 1)).isGreaterThan(5);
  }

  private static double epsilon(int rounds) {
    return new PldAccountant(Adjacency.ADD_REMOVE)
        .epsilon(List.of(new TreeCost(4, 4).rounds(rounds, 2)), 1e-3);
  }
}
