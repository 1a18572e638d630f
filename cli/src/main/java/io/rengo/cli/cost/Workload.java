package io.rengo.cli.cost;

import io.rengo.core.aggregation.Measure;
import io.rengo.protocol.JobSpec;

/// What a round has to move.
///
/// @param parameters of the model
/// @param cohort members whose updates come, on average
/// @param updateBytes of one update's payload
/// @param shardBytes bytes of float32 parameters in a shard
/// @param batches of members whose updates are summed apart
/// @param measured whether the rule looks at the whole matrix before it folds
/// @param stepped whether who folds a shard takes the step on it as well
/// @param sealed whether updates are sealed
public record Workload(
    long parameters,
    int cohort,
    long updateBytes,
    long shardBytes,
    int batches,
    boolean measured,
    boolean stepped,
    boolean sealed) {
  /// Connections over which a function reads at the same time, and a member puts.
  public static final int CONNECTIONS = 4;

  /// A round of the job.
  ///
  /// @param members of the federation
  public static Workload of(JobSpec spec, int members, boolean sealed) {
    long parameters = spec.model().layout().size();
    int cohort = spec.cohort().expected(members);
    long shardBytes = spec.shardBytes(members, parameters);
    int batches = batches(spec, cohort, Math.min(shardBytes, parameters * Float.BYTES));
    return new Workload(
        parameters,
        cohort,
        parameters * Float.BYTES,
        shardBytes,
        batches,
        spec.aggregation().rule().measure() != Measure.NOTHING
            || !spec.aggregation().filter().excludesNothing(),
        batches == 1 && spec.stepKeepsNothing(),
        sealed);
  }

  private static int batches(JobSpec spec, int cohort, long shard) {
    long fit = Math.max(1, spec.aggregation().tile() / shard);
    return spec.sumsInBatches(cohort) ? Math.toIntExact(Math.ceilDiv(cohort, fit)) : 1;
  }

  /// Bytes of the model.
  long modelBytes() {
    return parameters * Float.BYTES;
  }

  /// Number of shards of the model.
  public int shards() {
    return Math.toIntExact(Math.ceilDiv(modelBytes(), shardBytes));
  }
}
