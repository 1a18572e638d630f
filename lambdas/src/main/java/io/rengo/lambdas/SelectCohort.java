package io.rengo.lambdas;

import io.rengo.core.Candidate;
import io.rengo.core.CohortRule;
import io.rengo.core.SplitMix64;
import io.rengo.core.privacy.SecureBits;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RoundRecord;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Selects the members of a round and opens it for their updates.
final class SelectCohort implements Step<SelectCohort.Input, SelectCohort.Output> {
  record Input(String job, int round, Purpose purpose) {}

  record Output(int cohort, int target, int quorum) {}

  private final Ports ports;

  SelectCohort(Ports ports) {
    this.ports = ports;
  }

  @Override
  public Output run(Input input) {
    Job job = Job.load(ports, input.job());
    Progress progress = Job.progress(ports, input.job());
    List<String> selected =
        input.purpose() != Purpose.TRAIN
            ? job.members()
            : Root.in(job.spec().aggregation().rule(), select(job, progress, input.round()));
    Cohort cohort =
        Job.putOnce(
            ports.objects(), job.keys().cohort(input.round()), new Cohort(selected), Cohort.class);
    int size = cohort.members().size();
    RoundRecord record =
        new RoundRecord(
            input.purpose(),
            true,
            progress.model().version(),
            size,
            target(job.spec(), input.purpose(), size),
            input.purpose() != Purpose.TRAIN ? 1 : job.quorum(),
            0,
            0,
            ports.clock().instant(),
            Optional.empty());
    ports
        .records()
        .commit(
            List.of(
                new Change.Create(
                    RecordKeys.round(input.job(), input.round()), Json.write(record))));
    return new Output(size, record.target(), record.quorum());
  }

  /// Number of updates that ends the wait.
  private static int target(JobSpec spec, Purpose purpose, int size) {
    return spec.buffer()
        .filter(buffer -> purpose == Purpose.TRAIN)
        .map(buffer -> Math.min(buffer.size(), size))
        .orElseGet(() -> Math.max(1, (int) Math.ceil(spec.rounds().target() * size)));
  }

  private List<String> select(Job job, Progress progress, int round) {
    Optional<String> root = Root.of(job.spec().aggregation().rule());
    List<Candidate> candidates =
        History.before(ports, job, round).candidates().stream()
            .filter(candidate -> !root.equals(Optional.of(candidate.member())))
            .toList();
    return job.spec().cohort().select(candidates, round, random(job, progress, round));
  }

  /// Who takes part is a secret where amplification is claimed for it; turns stay as they are.
  private static RandomGenerator random(Job job, Progress progress, int round) {
    if (job.spec().cohort() instanceof CohortRule.Turns) {
      return new SplitMix64(SplitMix64.seed(progress.seed(), "turns"));
    }
    return job.central()
        ? new SecureBits()
        : new SplitMix64(SplitMix64.seed(progress.seed(), "cohort", Integer.toString(round)));
  }
}
