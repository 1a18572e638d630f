package io.rengo.lambdas;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RegionRound;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport.Outcome;
import io.rengo.protocol.Trust;
import io.rengo.protocol.Versions;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Takes up a round that the federation above asks this region for: the job, unless it is there
/// already, and the model that the round begins from.
final class EnterRound implements Step<EnterRound.Input, RegionRound> {
  /// @param input the execution's input
  /// @param members of this region
  record Input(RegionRound input, List<String> members) {}

  private final Ports ports;
  private final Trust trust;
  private final Versions versions;

  EnterRound(Ports ports, Trust trust, Versions versions) {
    this.ports = ports;
    this.trust = trust;
    this.versions = versions;
  }

  @Override
  public RegionRound run(Input input) {
    RegionRound round = input.input();
    if (ports.records().get(RecordKeys.job(round.job())).isEmpty()) {
      begin(round, List.copyOf(new TreeSet<>(input.members())));
    }
    Job job = Job.load(ports, round.job());
    leave(job, round.round());
    PublishModel.point(ports, job.keys().latestModel(), round.model());
    Job.changeProgress(ports, round.job(), before -> moved(before, round.model()));
    return round;
  }

  private void begin(RegionRound round, List<String> members) {
    JobSpec spec = JobFile.parse(round.file(), "the region's job file");
    StartJob.checkMembers(spec, members);
    if (members.size() > round.members()) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "the region has %d members, the job allows %d".formatted(members.size(), round.members()),
          "regions.members",
          "Raise regions.members in the job file");
    }
    Job.store(ports, round.job(), round.file(), members, trust, true);
    Job job = Job.load(ports, round.job());
    new Audit(ports, job, versions).started(round.model().hash());
    Progress progress =
        new Progress(
            round.job(),
            Progress.State.RUNNING,
            spec.seed().orElseThrow(),
            ports.clock().instant(),
            0,
            0,
            0,
            false,
            false,
            round.model(),
            Optional.empty(),
            Optional.empty());
    ports
        .records()
        .commit(List.of(new Change.Create(RecordKeys.job(round.job()), Json.write(progress))));
  }

  /// The rounds before this one that the region was not asked for, or did not bring to their end.
  private void leave(Job job, int until) {
    Audit audit = new Audit(ports, job, versions);
    for (int past = Job.progress(ports, job.id()).round() + 1; past < until; past++) {
      Counting.record(ports, job, past, Outcome.ABANDONED, List.of());
      audit.left(past);
    }
  }

  private static Progress moved(Progress before, ModelRef model) {
    return before.model().version() >= model.version() ? before : before.with(model);
  }
}
