package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.Safetensors;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepShardsTest {
  private static JobByHand twoRounds(String file) {
    JobByHand job = JobByHand.started(file);
    job.round(1);
    job.round(2);
    return job;
  }

  private static float[] model(JobByHand job, int version) {
    return Safetensors.read(
        job.place.bytes(Place.KEYS.model(version)), Job.load(job.place.ports, Place.JOB).layout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fedadam", "fedavgm"})
  void shards_that_keep_their_own_state_make_the_model_of_one_shard(String optimizer) {
    String file = JobByHand.LARGE + "server-optimizer: {name: " + optimizer + "}\n";
    JobByHand sharded = twoRounds(file + "aggregation: {shard-bytes: 5242880}\n");
    assertThat(sharded.place.objects.list("jobs/job-1/optimizer/000002/")).hasSize(3);
    JobByHand whole = twoRounds(file);
    assertThat(whole.place.objects.list("jobs/job-1/optimizer/000002/")).hasSize(1);
    assertThat(sharded.place.bytes(Place.KEYS.model(2)))
        .isEqualTo(whole.place.bytes(Place.KEYS.model(2)));
  }

  @Test
  void batches_of_updates_make_the_model_of_one_batch() {
    JobByHand tiled =
        twoRounds(JobByHand.LARGE + "aggregation: {shard-bytes: 5242880, tile-bytes: 10485760}\n");
    assertThat(tiled.place.objects.list(Place.KEYS.folds(2))).hasSize(3 * 2);
    JobByHand whole = twoRounds(JobByHand.LARGE);
    assertThat(whole.place.objects.list(Place.KEYS.folds(2))).as("stepped at once").isEmpty();
    float[] expected = model(whole, 2);
    float[] parameters = model(tiled, 2);
    for (int i = 0; i < expected.length; i++) {
      assertThat(parameters[i]).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @Test
  void plain_averaging_moves_the_model_by_the_mean_and_keeps_no_state() {
    JobByHand job = JobByHand.started(JobByHand.SMALL.replace("fedadam", "fedavg"));
    job.open(1);
    job.deliver(
        TestUpdate.of(job.place, 1, "ann", 0.5f).manifest(m -> m.put("examples", 1)).send());
    job.deliver(
        TestUpdate.of(job.place, 1, "bob", 1.5f).manifest(m -> m.put("examples", 3)).send());
    job.close(1);
    job.aggregate(1);
    float[] before = model(job, 0);
    float[] after = model(job, 1);
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isEqualTo((float) (before[i] + 1.25));
    }
    assertThat(job.place.objects.list("jobs/job-1/optimizer/")).isEmpty();
    assertThat(job.place.objects.list(Place.KEYS.folds(1))).isEmpty();
  }

  @Test
  void momentum_goes_on_from_round_to_round() {
    JobByHand job = JobByHand.started(JobByHand.SMALL.replace("fedadam", "fedavgm"));
    for (int round = 1; round <= 2; round++) {
      job.open(round);
      job.deliver(TestUpdate.of(job.place, round, "ann", round == 1 ? 1 : 0).send());
      job.deliver(TestUpdate.of(job.place, round, "bob", round == 1 ? 1 : 0).send());
      job.close(round);
      job.aggregate(round);
    }
    assertThat(model(job, 2)[7] - model(job, 1)[7]).isEqualTo(0.9f);
  }

  @Test
  void a_step_out_of_the_range_of_float32_is_an_error() {
    JobByHand job =
        JobByHand.started(
            JobByHand.SMALL.replace("{name: fedadam}", "{name: fedavg, learning-rate: 2}"));
    job.open(1);
    job.deliver(TestUpdate.of(job.place, 1, "ann", 3e38f).send());
    job.deliver(TestUpdate.of(job.place, 1, "bob", 3e38f).send());
    job.close(1);
    String plan = job.plan(1, 0, List.of()).plan();
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> job.fold(plan, 0))
        .matches(e -> e.code() == ErrorCode.NON_FINITE);
  }
}
