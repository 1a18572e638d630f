package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.Safetensors;
import io.rengo.core.SplitMix64;
import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.SampledGaussian;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.PrivacyLedger;
import io.rengo.protocol.PrivacyReport;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CentralPrivacyTest {
  private static final String FILE =
      """
      model: {kind: mlp, layers: [3, 2]}
      rounds: {count: 20, quorum: 2, deadline: 1h}
      privacy: {mechanism: central, epsilon: EPSILON, delta: 0.001, noise-multiplier: NOISE, clip-norm: 1}
      """;
  private static final String LITTLE = file(1e12, 1e-6);
  private static final int PARAMETERS = 8;

  private static String file(double epsilon, double noise) {
    return FILE.replace("EPSILON", "%.1f".formatted(epsilon))
        .replace("NOISE", "%.8f".formatted(noise));
  }

  private static float[] change(JobByHand job, int version) {
    float[] before = model(job, version - 1);
    float[] after = model(job, version);
    for (int i = 0; i < after.length; i++) {
      after[i] -= before[i];
    }
    return after;
  }

  private static float[] model(JobByHand job, int version) {
    return Safetensors.read(
        job.place.bytes(Place.KEYS.model(version)), Job.load(job.place.ports, Place.JOB).layout());
  }

  @Test
  void updates_areClippedCountAlikeAndAreDividedByTheExpectedNumber() {
    JobByHand job = JobByHand.started(LITTLE);
    job.open(1);
    job.deliver(TestUpdate.of(job.place, 1, "ann", 5).manifest(m -> m.put("examples", 999)).send());
    job.deliver(TestUpdate.of(job.place, 1, "bob", 0.1f).send());
    job.close(1);
    job.aggregate(1);
    double clipped = 1 / Math.sqrt(PARAMETERS);
    for (float moved : change(job, 1)) {
      assertThat((double) moved).isCloseTo((clipped + 0.1f) / 3, within(1e-5));
    }
  }

  @Test
  void round_thatNobodyAnswers_publishesNoise() {
    JobByHand job = JobByHand.started(file(1000, 1));
    job.open(1);
    job.close(1);
    RoundReport report = job.aggregate(1);
    assertThat(report.outcome()).isEqualTo(RoundReport.Outcome.PUBLISHED);
    assertThat(change(job, 1)).doesNotContain(0f);
  }

  @Test
  void noise_isDrawnOnceHoweverOftenAStepRuns() {
    JobByHand job = JobByHand.started(file(1000, 1));
    job.open(1);
    job.answer(1, Place.MEMBERS);
    job.close(1);
    String plan = job.plan(1, 0, List.of()).plan();
    job.measure(plan, 0);
    job.weigh(plan);
    job.fold(plan, 0);
    StepShards.Output first = job.stepShard(plan, 0);
    assertThat(job.stepShard(plan, 0).hash()).isEqualTo(first.hash());
    JobByHand other = JobByHand.started(file(1000, 1));
    other.round(1);
    assertThat(other.place.bytes(Place.KEYS.noisy(1, 0)))
        .isNotEqualTo(job.place.bytes(Place.KEYS.noisy(1, 0)));
  }

  @Test
  void noise_hasTheStandardDeviationOfTheMechanism() {
    JobByHand job =
        JobByHand.started(
            file(1000, 2)
                .replace(
                    "{kind: mlp, layers: [3, 2]}",
                    "{kind: tensors, tensors: [{name: a, shape: [40000], init: zeros}]}"));
    job.open(1);
    job.close(1);
    String plan = job.plan(1, 0, List.of()).plan();
    job.fold(plan, 0);
    new StepShards(job.place.ports, () -> new SplitMix64(4)).run(new StepShards.Input(plan, 0));
    var noisy = job.place.bytes(Place.KEYS.noisy(1, 0)).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    double squares = 0;
    for (int i = 0; i < 40000; i++) {
      squares += Math.pow(noisy.getDouble(), 2);
    }
    assertThat(Math.sqrt(squares / 40000)).isCloseTo(2 * 1 / 3.0, within(0.01));
  }

  @Test
  void update_thatIsNotFinite_isLeftOutAndChangesNothingElse() {
    JobByHand job = JobByHand.started(LITTLE);
    job.open(1);
    job.deliver(TestUpdate.of(job.place, 1, "ann", Float.NaN).send());
    job.deliver(TestUpdate.of(job.place, 1, "bob", 0.3f).send());
    job.close(1);
    job.aggregate(1);
    for (float moved : change(job, 1)) {
      assertThat((double) moved).isCloseTo(0.1, within(1e-5));
    }
    assertThat(job.place.refusals(1)).hasSize(1);
  }

  @Test
  void report_saysWhatWasSpentAndNothingOfTheMembers() {
    JobByHand job = JobByHand.started(file(20, 2));
    job.decide();
    RoundReport report = job.round(1);
    PrivacyReport spent = report.privacy().orElseThrow();
    assertThat(spent.epsilon()).isBetween(1.0, 2.0);
    assertThat(spent.unit()).isEqualTo("client");
    assertThat(report.cohort() + report.accepted() + report.bytes()).isZero();
    assertThat(report.loss()).isEmpty();
    assertThat(report.accuracy()).isEmpty();
  }

  @Test
  void clippingNorm_followsTheQuantileFromTheNextRoundOn() {
    JobByHand job =
        JobByHand.started(LITTLE.replace("clip-norm: 1", "clip-norm: 100, quantile: 0.5"));
    job.round(1);
    job.round(2);
    Job loaded = Job.load(job.place.ports, Place.JOB);
    Clipping first = Clipping.load(job.place.objects, loaded, 1);
    Clipping second = Clipping.load(job.place.objects, loaded, 2);
    assertThat(first.norm()).isEqualTo(100);
    assertThat(second.norm()).isEqualTo(first.nextNorm());
    assertThat(first.nextNorm()).isBetween(60.0, 100 * Math.exp(-0.2 * 0.2));
    assertThat(first.multiplier()).isGreaterThan(1e-6);
  }

  @Test
  void clippingNorm_goesOnAfterARoundThatWasAbandoned() {
    JobByHand job =
        JobByHand.started(LITTLE.replace("clip-norm: 1", "clip-norm: 100, quantile: 0.5"));
    job.round(1);
    job.open(2);
    job.close(2);
    job.record(2, RoundReport.Outcome.ABANDONED, List.of(), "why");
    job.round(3);
    Job loaded = Job.load(job.place.ports, Place.JOB);
    assertThat(Clipping.load(job.place.objects, loaded, 3).norm())
        .isEqualTo(Clipping.load(job.place.objects, loaded, 1).nextNorm());
  }

  @Test
  void job_endsBeforeTheRoundThatWouldPassItsEpsilon() {
    JobByHand job = JobByHand.started(file(4, 2));
    int rounds = 0;
    Decide.Output decision = job.decide();
    while (decision.next().equals("round")) {
      assertThat(job.decide()).isEqualTo(decision);
      rounds++;
      job.round(decision.round());
      decision = job.decide();
    }
    assertThat(decision.state()).isEqualTo(Progress.State.COMPLETED);
    assertThat(decision.reason()).startsWith("PRIVACY_SPENT").contains("the job");
    double spent = ledger(job.place).epsilon(Place.JOB, 1e-3, Adjacency.ADD_REMOVE);
    double oneMore =
        ledger(job.place)
            .reserve(Place.JOB, 99, new SampledGaussian(1, 2, 1))
            .epsilon(Place.JOB, 1e-3, Adjacency.ADD_REMOVE);
    assertThat(rounds).isGreaterThan(1);
    assertThat(spent).isLessThanOrEqualTo(4);
    assertThat(oneMore).isGreaterThan(4);
  }

  @Test
  void lastEvaluation_isNotAskedFor() {
    JobByHand job = JobByHand.started(file(1000, 2).replace("count: 20", "count: 1"));
    job.decide();
    job.round(1);
    assertThat(job.decide().state()).isEqualTo(Progress.State.COMPLETED);
  }

  @Test
  void twoJobsAtOnce_cannotBothSpendTheLast() throws Exception {
    Place place = new Place();
    PrivacyLedger.Limit limit = new PrivacyLedger.Limit(3, 1e-3, Adjacency.ADD_REMOVE);
    place.records.commit(
        List.of(
            new Change.Create(
                RecordKeys.privacyLedger(), Json.write(PrivacyLedger.empty().limited(limit)))));
    JobByHand started = new JobByHand(place, Runner.once());
    started.start(file(1000, 2));
    Job job = Job.load(place.ports, Place.JOB);
    int jobs = 6;
    CyclicBarrier together = new CyclicBarrier(jobs);
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
      List<Callable<Optional<String>>> bookings =
          IntStream.range(0, jobs)
              .<Callable<Optional<String>>>mapToObj(i ->
                  () -> {
                    Job mine =
                        new Job(
                            "job-" + i,
                            job.spec(),
                            job.layout(),
                            job.members(),
                            job.trust(),
                            false);
                    together.await();
                    return new PrivacyBudget(place.ports).reserve(mine, 1);
                  })
              .toList();
      int booked = 0;
      for (Future<Optional<String>> each : threads.invokeAll(bookings)) {
        booked += each.get().isEmpty() ? 1 : 0;
      }
      PrivacyLedger after = ledger(place);
      assertThat(after.jobs()).hasSize(booked);
      assertThat(booked).isBetween(1, jobs - 1);
      assertThat(after.epsilon(List.copyOf(after.jobs().keySet()), limit)).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void memberWithALimitOfItsOwn_endsTheJobsThatItIsIn() {
    JobByHand job = JobByHand.started(file(1000, 2));
    PrivacyLedger.Limit limit = new PrivacyLedger.Limit(1.5, 1e-3, Adjacency.ADD_REMOVE);
    job.place.records.commit(
        List.of(
            new Change.Create(
                RecordKeys.privacyLedger(),
                Json.write(PrivacyLedger.empty().limited("bob", limit)))));
    assertThat(job.decide().next()).isEqualTo("round");
    job.round(1);
    assertThat(job.decide().reason()).contains("member bob");
  }

  @Test
  void job_withoutEnoughNoiseForOneRound_isNotStarted() {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> JobByHand.started(file(1, 0.5)))
        .matches(e -> e.code() == ErrorCode.PRIVACY_REFUSED);
  }

  private static PrivacyLedger ledger(Place place) {
    return new PrivacyBudget(place.ports).ledger();
  }
}
