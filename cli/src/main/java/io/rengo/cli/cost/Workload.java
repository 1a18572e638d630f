package io.rengo.cli.cost;

import io.rengo.core.CohortRule;
import io.rengo.core.aggregation.Measure;
import io.rengo.protocol.JobSpec;

/// What a round has to move.
///
/// @param parameters of the model
/// @param cohort members whose updates come, on average
/// @param updateBytes of one update's payload
/// @param shardBytes bytes of float32 parameters in a shard
/// @param measured whether the rule looks at the whole matrix before it folds
/// @param stepped whether who folds a shard takes the step on it as well
/// @param sealed whether updates are sealed
public record Workload(
    long parameters,
    int cohort,
    long updateBytes,
    long shardBytes,
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
    return new Workload(
        parameters,
        cohort(spec.cohort(), members),
        parameters * Float.BYTES,
        spec.shardBytes(members),
        spec.aggregation().rule().measure() != Measure.NOTHING
            || !spec.aggregation().filter().excludesNothing(),
        spec.stepKeepsNothing(),
        sealed);
  }

  private static int cohort(CohortRule rule, int members) {
    int size =
        switch (rule) {
          case CohortRule.All all -> members;
          case CohortRule.UniformSample sample -> sample.size();
          case CohortRule.PoissonSample sample -> (int) Math.ceil(sample.rate() * members);
          case CohortRule.Turns turns -> Math.ceilDiv(members, turns.every());
          case CohortRule.WeightedSample sample -> sample.size();
          case CohortRule.StragglerAware aware -> aware.size();
        };
    return Math.min(size, members);
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
