package io.rengo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/// The jobs of a deployment: what its records and objects say, and where there are none yet, what
/// the workflow says.
record PortsJobs(Ports ports) implements Jobs {
  private static final int TRIES = 5;

  @Override
  public List<JobState> list() {
    Map<String, JobState> jobs = new TreeMap<>();
    for (Workflow.Execution execution : ports.workflow().list()) {
      jobs.put(execution.name(), JobStates.of(execution.name(), execution.status()));
    }
    for (StoredRecord record : ports.records().list(RecordKeys.jobs(), "")) {
      Progress progress = progress(record);
      JobState known = jobs.get(progress.job());
      JobState state = JobStates.of(progress);
      jobs.put(progress.job(), known == null ? state : JobStates.join(state, known));
    }
    return jobs.values().stream()
        .sorted(
            Comparator.comparing((JobState job) -> job.started().isPresent())
                .thenComparing(
                    job -> job.started().orElse(java.time.Instant.MIN), Comparator.reverseOrder()))
        .toList();
  }

  @Override
  public Optional<JobState> find(String job) {
    Optional<JobState> recorded = progress(job).map(JobStates::of);
    if (recorded.filter(JobState::ended).isPresent()) {
      return recorded;
    }
    Optional<JobState> executed =
        ports.workflow().describe(job).map(status -> JobStates.of(job, status));
    return recorded
        .map(state -> executed.map(known -> JobStates.join(state, known)).orElse(state))
        .or(() -> executed);
  }

  @Override
  public List<RoundReport> reports(String job, int after) {
    int newest = progress(job).map(Progress::round).orElse(0);
    ObjectKeys keys = new ObjectKeys(job);
    List<RoundReport> reports = new ArrayList<>();
    for (int round = after + 1; round <= newest; round++) {
      String key = keys.report(round);
      ports
          .objects()
          .get(key)
          .map(object -> Json.read(object.content(), RoundReport.class, key))
          .ifPresent(reports::add);
    }
    return reports;
  }

  @Override
  public Optional<OpenRound> open(String job) {
    int round = progress(job).map(Progress::round).orElse(0) + 1;
    return ports
        .records()
        .get(RecordKeys.round(job, round))
        .map(record -> Json.read(record.json(), RoundRecord.class, record.key().toString()))
        .map(record ->
            new OpenRound(
                round, record.purpose(), record.cohort(), record.accepted(), record.refused()));
  }

  @Override
  public List<Refusal> refusals(String job, int round) {
    return ports.records().list(RecordKeys.roundPartition(job, round), RecordKeys.REFUSED).stream()
        .map(record -> Json.read(record.json(), Refusal.class, record.key().toString()))
        .toList();
  }

  @Override
  public void start(String job, JsonNode execution) {
    ports.workflow().start(job, execution);
  }

  /// Marks the job first, so that a step that runs meanwhile cannot move it on, then stops the
  /// workflow.
  @Override
  public void abort(String job, String reason) {
    JobState state = find(job).orElseThrow(() -> JobErrors.unknown(job, "the deployment"));
    if (state.ended()) {
      throw JobErrors.ended(state);
    }
    String cause = ErrorCode.JOB_ABORTED + ": " + reason;
    mark(job, cause);
    ports.workflow().stop(job, cause);
  }

  private void mark(String job, String cause) {
    for (int i = 0; i < TRIES; i++) {
      Optional<StoredRecord> stored = ports.records().get(RecordKeys.job(job));
      if (stored.isEmpty()) {
        return;
      }
      Progress before = progress(stored.get());
      if (before.state() != Progress.State.RUNNING) {
        throw JobErrors.ended(JobStates.of(before));
      }
      Progress after = before.ended(Progress.State.ABORTED, cause);
      StoredRecord seen = stored.get();
      if (ports
          .records()
          .commit(List.of(new Change.Replace(seen.key(), seen.version(), Json.write(after))))) {
        return;
      }
    }
    throw new RengoException(
        ErrorCode.CONFLICT,
        "the job's record changed at each of " + TRIES + " tries",
        "job " + job,
        "Try again");
  }

  @Override
  public Models.Pulled pull(String job, OptionalInt version, Path file) {
    if (find(job).isEmpty()) {
      throw JobErrors.unknown(job, "the deployment");
    }
    return Models.pull(ports.objects(), job, version, file);
  }

  @Override
  public <T> T objects(String job, Function<ObjectStore, T> read) {
    return read.apply(ports.objects());
  }

  @Override
  public void close() {}

  private Optional<Progress> progress(String job) {
    return ports.records().get(RecordKeys.job(job)).map(PortsJobs::progress);
  }

  private static Progress progress(StoredRecord record) {
    return Json.read(record.json(), Progress.class, record.key().toString());
  }
}
