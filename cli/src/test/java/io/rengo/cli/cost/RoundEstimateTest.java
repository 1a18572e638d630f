package io.rengo.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundEstimateTest {
  private static final Network NETWORK = new Network(50, Workload.CONNECTIONS, 200, false);

  private static JobEstimate of(double megabytes, int shardMebibytes, boolean sealed) {
    long parameters = Math.round(megabytes * 1e6 / Float.BYTES);
    Workload work =
        new Workload(
            parameters,
            20,
            parameters * Float.BYTES,
            (long) shardMebibytes << 20,
            1,
            false,
            true,
            sealed);
    return new JobEstimate(RoundEstimate.of(work, NETWORK), 1000, Prices.bundled());
  }

  @Test
  void usage_growsWithMembersAndShards() {
    Usage small = of(64, 64, false).round().usage();
    Usage large = of(640, 64, false).round().usage();

    assertThat(large.count(Item.STATE_TRANSITION) - small.count(Item.STATE_TRANSITION))
        .isEqualTo(9);
    assertThat(large.count(Item.SQS_REQUEST)).isEqualTo(small.count(Item.SQS_REQUEST));
    assertThat(large.count(Item.KMS_REQUEST)).isZero();
    assertThat(of(64, 64, true).round().usage().count(Item.KMS_REQUEST)).isEqualTo(20 + 20 + 20);
  }

  @Test
  void dollars_areThePricesTimesTheUsage() {
    Prices prices = Prices.bundled();
    Usage usage = Usage.of(Item.STATE_TRANSITION, 1000).and(Item.EGRESS_GB, 2);

    assertThat(prices.of(usage)).isCloseTo(0.025 + 0.18, within(1e-12));
  }

  /// As PlanTiles and its tree of partial sums cut the same round.
  @Test
  void manyMembers_areSummedApartAndMerged() {
    JobSpec spec =
        JobFile.parse(
            """
            model: {kind: tensors, tensors: [{name: w, shape: [250000], init: zeros}]}
            aggregation: {tile-time: 1s}
            """,
            "job");
    RoundEstimate round = RoundEstimate.of(Workload.of(spec, 10_000, false), NETWORK);

    assertThat(round.phases())
        .filteredOn(phase -> phase.name().endsWith("Tiles") || phase.name().equals("StepShards"))
        .extracting(Phase::name, Phase::calls)
        .containsExactly(
            tuple("PlanTiles", 1),
            tuple("FoldTiles", 50),
            tuple("MergeTiles", 4),
            tuple("StepShards", 1));
  }

  @Test
  void egress_isPaidForMembersOutsideOnly() {
    Workload work = new Workload(1_000_000, 10, 4_000_000, 64 << 20, 1, false, true, false);

    assertThat(RoundEstimate.of(work, NETWORK).usage().count(Item.EGRESS_GB)).isZero();
    assertThat(RoundEstimate.of(work, new Network(50, 4, 200, true)).usage().count(Item.EGRESS_GB))
        .isCloseTo(0.04, within(1e-12));
  }

  /// The table of the reference is what the program says.
  @Test
  void referenceTable_isWhatIsEstimated() throws IOException {
    String page =
        Files.readString(
            Path.of(System.getProperty("rengo.root", "..")).resolve("docs/reference/cost.md"));
    for (double megabytes : List.of(43.0, 512.0, 2950.0, 5000.0)) {
      JobEstimate one = of(megabytes, megabytes < 100 ? 16 : 64, false);
      JobEstimate sealed = of(megabytes, megabytes < 100 ? 16 : 64, true);
      assertThat(page)
          .contains(
              "| %.0f MB | %d | %.1f s | $%.2f | $%.2f |"
                  .formatted(
                      megabytes,
                      one.round().workload().shards(),
                      one.round().seconds(),
                      one.dollars(),
                      sealed.dollars()));
    }
  }
}
