package io.rengo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.cli.JobState.State;
import io.rengo.local.FolderObjectStore;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// The simulated jobs of this machine: what their folders say, whether or not they run.
record FolderJobs(Runs runs, Runnable pause) implements Jobs {
  /// The federation of all simulations.
  static final Federation FEDERATION = new Federation("sim");

  @Override
  public List<JobState> list() {
    return runs.all().stream().map(this::state).toList();
  }

  @Override
  public Optional<JobState> find(String job) {
    return runs.run(job).read().map(this::state);
  }

  private JobState state(RunRecord record) {
    return record.view(runs.run(record.job()).rounds());
  }

  @Override
  public List<RoundReport> reports(String job, int after) {
    return runs.run(job).rounds().stream().filter(report -> report.round() > after).toList();
  }

  @Override
  public Optional<OpenRound> open(String job) {
    return Optional.empty();
  }

  /// None but those of the reports: others are in the state of the process that runs the job.
  @Override
  public List<Refusal> refusals(String job, int round) {
    return List.of();
  }

  @Override
  public void abort(String job, String reason) {
    RunFolder folder = runs.run(job);
    RunRecord record = folder.read().orElseThrow(() -> unknown(job));
    switch (record.now()) {
      case RUNNING -> stop(folder, reason);
      case INTERRUPTED ->
          folder.write(
              record.in(State.ABORTED, Optional.of(ErrorCode.JOB_ABORTED + ": " + reason)));
      default -> throw JobErrors.ended(state(record));
    }
  }

  private void stop(RunFolder folder, String reason) {
    folder.requestAbort(reason);
    while (folder.read().filter(record -> record.now() == State.RUNNING).isPresent()) {
      pause.run();
    }
  }

  @Override
  public Models.Pulled pull(String job, OptionalInt version, Path file) {
    RunFolder folder = runs.run(job);
    if (folder.read().isEmpty()) {
      throw unknown(job);
    }
    try (FolderObjectStore objects = new FolderObjectStore(folder.objects(), stored -> {})) {
      return Models.pull(objects, job, version, file);
    }
  }

  @Override
  public <T> T objects(String job, Function<ObjectStore, T> read) {
    try (FolderObjectStore objects = new FolderObjectStore(runs.run(job).objects(), stored -> {})) {
      return read.apply(objects);
    }
  }

  /// Simulations start by running.
  @Override
  public void start(String job, JsonNode execution) {
    throw new UnsupportedOperationException("a simulation runs in the process that starts it");
  }

  @Override
  public void close() {}

  private RengoException unknown(String job) {
    return JobErrors.unknown(job, runs.path().toString());
  }
}
