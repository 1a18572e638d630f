package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.core.WeightedSum;
import io.rengo.core.aggregation.Measure;
import io.rengo.core.codec.Float32;
import io.rengo.protocol.ObjectKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTilesTest {
  private static final ObjectKeys KEYS = new ObjectKeys("job-1");
  private static final Shards SHARDS = new Shards(10, 4);

  private final Place place = new Place();
  private final MergeTiles merge = new MergeTiles(place.ports);

  private static Plan plan(int updates) {
    Plan.Form form = new Plan.Form(new Float32(), 10, 0);
    List<Plan.Row> rows =
        IntStream.range(0, updates)
            .mapToObj(i -> new Plan.Row("m" + i, "update-" + i, Optional.empty(), 0, form, 1))
            .toList();
    return new Plan(
        "job-1",
        1,
        0,
        0,
        "base",
        0,
        "upload",
        SHARDS,
        rows,
        List.of(),
        1,
        false,
        1,
        Measure.NOTHING,
        false,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /// The batch's number stands in every coordinate, so that a sum over batches is known.
  private void fold(Plan plan) {
    for (int shard = 0; shard < SHARDS.count(); shard++) {
      for (int batch = 0; batch < plan.batches(); batch++) {
        float[] update = new float[SHARDS.length(shard)];
        Arrays.fill(update, batch);
        WeightedSum sum = WeightedSum.zero(update.length);
        sum.add(1, update);
        place.objects.putOnce(plan.foldKey(shard, batch), sum.encode());
      }
    }
  }

  private void mergeAll(Plan plan, String key) {
    for (int level = 1; level <= plan.merges().size(); level++) {
      for (int sum = 0; sum < plan.merges().get(level - 1); sum++) {
        merge.run(new MergeTiles.Input(key, level, sum));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,", "16,", "17,6", "256,48", "257,51;6", "600,114;9"})
  void levels_follow_from_the_number_of_batches(int updates, String merges) {
    List<Integer> expected =
        Optional.ofNullable(merges).stream()
            .flatMap(text -> Arrays.stream(text.split(";")))
            .map(Integer::valueOf)
            .toList();
    assertThat(plan(updates).merges()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"17", "256", "257", "300"})
  void the_root_of_the_tree_is_the_sum_of_all(int updates) {
    Plan plan = Job.putOnce(place.objects, KEYS.plan(1, 0), plan(updates), Plan.class);
    fold(plan);
    mergeAll(plan, KEYS.plan(1, 0));
    int top = plan.levels();
    assertThat(plan.sums(top)).isBetween(2, Plan.MERGED_TOGETHER);
    for (int shard = 0; shard < SHARDS.count(); shard++) {
      WeightedSum root = MergeTiles.merge(place.objects, plan, top, shard, 0, plan.sums(top));
      assertThat(root.totalWeight()).isEqualTo(updates);
      assertThat(root.sums())
          .hasSize(SHARDS.length(shard))
          .containsOnly(updates * (updates - 1) / 2.0);
    }
  }

  @Test
  void a_second_run_finds_the_first_ones_sum_and_expires_with_it() {
    Plan plan = Job.putOnce(place.objects, KEYS.plan(1, 0), plan(17), Plan.class);
    fold(plan);
    MergeTiles.Input input = new MergeTiles.Input(KEYS.plan(1, 0), 1, 1);
    merge.run(input);
    String key = plan.sumKey(1, 0, 1);
    assertThat(WeightedSum.decode(place.bytes(key)).mean()).containsOnly(16);
    place.objects.delete(plan.foldKey(0, 16));
    assertThat(merge.run(input)).isEqualTo(new MergeTiles.Output(1));
  }
}
