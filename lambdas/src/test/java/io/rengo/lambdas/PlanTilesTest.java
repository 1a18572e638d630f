package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTilesTest {
  private static JobByHand closed(String file) {
    JobByHand job = JobByHand.started(file);
    job.open(1);
    for (int i = 0; i < 3; i++) {
      int examples = 10 * (i + 1);
      job.deliver(
          TestUpdate.of(job.place, 1, Place.MEMBERS.get(i))
              .manifest(m -> m.put("examples", examples))
              .send());
    }
    job.close(1);
    return job;
  }

  private static Plan plan(JobByHand job, int revision, List<String> exclude) {
    return Plan.load(job.place.objects, job.plan(1, revision, exclude).plan());
  }

  @Test
  void weighs_each_update_by_its_examples() {
    assertThat(plan(closed(JobByHand.SMALL), 0, List.of()).rows())
        .extracting(Plan.Row::member, Plan.Row::weight)
        .containsExactly(tuple("ann", 10.0), tuple("bob", 20.0), tuple("cid", 30.0));
  }

  @Test
  void no_weight_is_above_the_job_files_limit() {
    assertThat(
            plan(closed(JobByHand.SMALL + "aggregation: {max-examples: 15}"), 0, List.of()).rows())
        .extracting(Plan.Row::weight)
        .containsExactly(10.0, 15.0, 15.0);
  }

  @Test
  void a_second_run_finds_the_first_ones_plan() {
    JobByHand job = closed(JobByHand.SMALL);
    assertThat(plan(job, 0, List.of())).isEqualTo(plan(job, 0, List.of()));
  }

  @Test
  void excluded_updates_are_refused_and_left_out() {
    JobByHand job = closed(JobByHand.SMALL);
    assertThat(plan(job, 1, List.of("bob")).rows())
        .extracting(Plan.Row::member)
        .containsExactly("ann", "cid");
    assertThat(job.place.refusals(1))
        .containsExactly(
            new Refusal("bob", ErrorCode.NON_FINITE, "the update has values that are not finite"));
  }

  @Test
  void fewer_than_the_quorum_need_no_plan() {
    PlanTiles.Output output = closed(JobByHand.SMALL).plan(1, 1, List.of("ann", "bob"));
    assertThat(output)
        .isEqualTo(PlanTiles.Output.tooFew("QUORUM_MISSED: 1 updates, below the quorum of 2"));
  }

  @Test
  void shards_are_smaller_where_a_worker_reads_all_updates_of_its_own() {
    String tiles = "aggregation: {shard-bytes: 67108864, tile-bytes: 33554432%s}";
    assertThat(shardBytes(tiles.formatted(""))).as("what one request reads").isEqualTo(16 << 20);
    assertThat(shardBytes("aggregation: {tile-time: 1s}"))
        .as("what three members' shards may be to be read in a second")
        .isEqualTo(200_000_000 / 3);
    assertThat(shardBytes("aggregation: {tile-time: 2s}")).isEqualTo(64 << 20);
    assertThat(shardBytes(tiles.formatted(", rule: {name: median, byzantine: 1}")))
        .isEqualTo((32 << 20) / 3);
    assertThat(shardBytes(tiles.formatted(", scores: true"))).isEqualTo((32 << 20) / 3);
  }

  private static long shardBytes(String aggregation) {
    JobByHand job = JobByHand.started(JobByHand.SMALL + aggregation);
    return Job.load(job.place.ports, Place.JOB).shardBytes();
  }
}
