package io.rengo.protocol;

import io.rengo.core.CohortRule;
import io.rengo.core.FedAvg;
import io.rengo.core.aggregation.Filter;
import io.rengo.core.aggregation.Mean;
import java.util.Optional;

/// What a member that is a region's combiner needs beside the task, to have its own members do it.
///
/// @param rounds of the region: its quorum and its deadline
/// @param aggregation of the job, whose limits hold for the region's members
/// @param seed of the job, from which its members' training derives
/// @param members the most that the region may have
public record RegionTask(
    JobSpec.Rounds rounds, JobSpec.Aggregation aggregation, long seed, int members) {
  /// What the members of a job need to be told, where they may be regions.
  public static Optional<RegionTask> of(JobSpec spec, long seed) {
    return spec.regions()
        .map(regions ->
            new RegionTask(
                new JobSpec.Rounds(
                    spec.rounds().count(),
                    regions.quorum(),
                    spec.rounds().target(),
                    regions.deadline(),
                    0),
                spec.aggregation(),
                seed,
                regions.members()));
  }

  /// The job as the region runs it: the weighted mean of all its members, whatever the rule above.
  public JobSpec job(Task task) {
    return new JobSpec(
        JobSpec.VERSION,
        "Region " + task.member() + " of federation " + task.federation(),
        Optional.of(seed),
        task.modelSpec(),
        task.training(),
        rounds,
        new CohortRule.All(),
        new JobSpec.Aggregation(
            new Mean(),
            new Filter(Optional.empty(), Optional.empty()),
            false,
            aggregation.maxExamples(),
            task.shardBytes(),
            aggregation.tileBytes(),
            aggregation.tileTime()),
        new FedAvg(1),
        task.update().algorithm(),
        task.update().encoding(),
        Downlink.FULL,
        Optional.empty(),
        Optional.empty(),
        new JobSpec.Stop(Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
