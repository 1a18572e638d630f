package io.rengo.cli.cost;

import static io.rengo.cli.cost.Item.EGRESS_GB;
import static io.rengo.cli.cost.Item.KMS_REQUEST;
import static io.rengo.cli.cost.Item.S3_READ;
import static io.rengo.cli.cost.Item.S3_WRITE;
import static io.rengo.cli.cost.Item.SQS_REQUEST;
import static io.rengo.cli.cost.Item.STATE_TRANSITION;
import static io.rengo.cli.cost.Item.TABLE_READ;
import static io.rengo.cli.cost.Item.TABLE_WRITE;

import java.util.ArrayList;
import java.util.List;

/// What one round does on AWS, step by step. Requests and transitions are counted as the steps make
/// them; times follow from the bytes and the network, with warm functions. The members' training is
/// not in it.
///
/// @param phases in the order in which they run, but for those of `AcceptUpdate`, which run while
///   updates come
public record RoundEstimate(Workload workload, Network network, List<Phase> phases) {
  private static final double COORDINATOR_GB = 1;
  private static final double FOLD_GB = 1;
  private static final double STEP_GB = 1769 / 1024.0;

  /// Seconds of a call that moves next to no bytes.
  private static final double SHORT_CALL = 0.15;

  /// Bytes that one request reads of an update.
  private static final double SEGMENT = 16 << 20;

  private static final int FUNCTIONS_AT_ONCE = 40;

  /// Partial sums that one function adds up.
  private static final int MERGED_TOGETHER = 16;

  private static final int EVENTS_AT_ONCE = 100;
  private static final double GIGA = 1e9;

  /// A round of this workload over this network.
  public static RoundEstimate of(Workload work, Network network) {
    List<Phase> phases = new ArrayList<>();
    phases.add(coordinate("SelectCohort", 1, Usage.of(S3_READ, 2).and(S3_WRITE, 1)));
    phases.add(
        coordinate("DispatchTasks", 1, Usage.of(S3_READ, 2).and(SQS_REQUEST, work.cohort())));
    phases.add(coordinate("OpenRound", 1, Usage.NONE));
    phases.add(members(work, network));
    phases.add(accept(work));
    phases.add(coordinate("CloseRound", 2, Usage.of(S3_WRITE, 1)));
    phases.add(coordinate("PlanTiles", 2, Usage.of(S3_READ, 3).and(S3_WRITE, 2)));
    if (work.measured()) {
      phases.add(
          overTiles(
              "MeasureTiles",
              work,
              work.shards(),
              network.read(updates(work)),
              reads(work) + 3,
              0));
      phases.add(
          coordinate("WeighUpdates", 1, Usage.of(S3_READ, 2 + work.shards()).and(S3_WRITE, 1)));
    }
    phases.add(
        overTiles(
            "FoldTiles",
            work,
            work.shards() * work.batches(),
            network.read(updates(work) / work.batches())
                + (work.stepped()
                    ? network.read(shard(work)) + network.one(shard(work))
                    : network.one(2 * shard(work))),
            reads(work) / work.batches() + 3 + (work.stepped() ? 2 : 0),
            1));
    int sums = work.batches();
    for (; sums > MERGED_TOGETHER; sums = Math.ceilDiv(sums, MERGED_TOGETHER)) {
      phases.add(
          overTiles(
              "MergeTiles",
              work,
              work.shards() * Math.ceilDiv(sums, MERGED_TOGETHER),
              network.read(2 * MERGED_TOGETHER * shard(work)) + network.one(2 * shard(work)),
              MERGED_TOGETHER + 2,
              1));
    }
    if (!work.stepped()) {
      phases.add(
          overTiles(
              "StepShards",
              work,
              work.shards(),
              network.read((2 * sums + 1) * shard(work)) + network.one(shard(work)),
              4 + sums,
              1));
    }
    phases.add(coordinate("PublishModel", 1, Usage.of(S3_READ, 3).and(S3_WRITE, 2)));
    phases.add(coordinate("RecordRound", 2, Usage.of(S3_READ, 4).and(S3_WRITE, 2)));
    phases.add(coordinate("Decide", 3, Usage.of(S3_READ, 1)));
    return new RoundEstimate(work, network, List.copyOf(phases));
  }

  /// Seconds from the members' updates leaving them to the next round, and from the round's start
  /// to the members: all but the training.
  public double seconds() {
    return phases.stream()
        .filter(phase -> !phase.name().equals("AcceptUpdate"))
        .mapToDouble(Phase::wall)
        .sum();
  }

  /// Everything that one round uses.
  public Usage usage() {
    return phases.stream().map(Phase::whole).reduce(Usage.NONE, Usage::plus);
  }

  private static double shard(Workload work) {
    return Math.min(work.shardBytes(), work.modelBytes());
  }

  /// Bytes of one shard of all updates.
  private static double updates(Workload work) {
    return (double) work.cohort() * work.updateBytes() / work.shards();
  }

  /// Requests that read one shard of all updates.
  private static double reads(Workload work) {
    double segments = Math.ceil(work.updateBytes() / (double) work.shards() / SEGMENT);
    return work.cohort() * segments;
  }

  private static Phase coordinate(String name, int transitions, Usage usage) {
    return new Phase(
        name,
        1,
        1,
        SHORT_CALL,
        COORDINATOR_GB,
        usage.and(STATE_TRANSITION, transitions).and(TABLE_READ, 2).and(TABLE_WRITE, 2));
  }

  private static Phase overTiles(
      String name, Workload work, int tiles, double seconds, double reads, double writes) {
    Usage each = Usage.of(S3_READ, reads).and(S3_WRITE, writes).and(STATE_TRANSITION, 1);
    double opened =
        switch (name) {
          case "MeasureTiles" -> work.cohort();
          case "FoldTiles" -> work.cohort() / (double) work.batches();
          default -> 0;
        };
    return new Phase(
        name,
        tiles,
        FUNCTIONS_AT_ONCE,
        SHORT_CALL + seconds,
        name.equals("FoldTiles") || name.equals("MergeTiles") ? FOLD_GB : STEP_GB,
        each.and(KMS_REQUEST, work.sealed() ? opened : 0).times(tiles).and(STATE_TRANSITION, 2));
  }

  /// Each member reads the model, and puts its update and its manifest.
  private static Phase members(Workload work, Network network) {
    return new Phase(
        "Members",
        work.cohort(),
        work.cohort(),
        network.read(work.modelBytes()) + network.put(work.updateBytes()),
        0,
        Usage.of(S3_READ, 1)
            .and(S3_WRITE, 1 + Network.puts(work.updateBytes()))
            .and(SQS_REQUEST, 2)
            .and(KMS_REQUEST, work.sealed() ? 1 : 0)
            .and(EGRESS_GB, network.outside() ? work.modelBytes() / GIGA : 0)
            .times(work.cohort()));
  }

  private static Phase accept(Workload work) {
    return new Phase(
        "AcceptUpdate",
        work.cohort(),
        EVENTS_AT_ONCE,
        SHORT_CALL,
        COORDINATOR_GB,
        Usage.of(S3_READ, 5)
            .and(S3_WRITE, 1)
            .and(SQS_REQUEST, 3)
            .and(TABLE_READ, 2)
            .and(TABLE_WRITE, 4)
            .and(KMS_REQUEST, work.sealed() ? 1 : 0)
            .times(work.cohort()));
  }
}
