package io.rengo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.cli.JobState.State;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.RoundReport.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a run's folder says of a simulation: who needs to know more than this reads its state.
///
/// @param process that runs it, or ran it last
/// @param base the folder that the job file's paths are relative to
/// @param file the job file
record RunRecord(
    String job,
    State state,
    Instant started,
    RunningProcess process,
    String base,
    JsonNode file,
    Optional<String> reason) {
  /// A process of this machine; ids are used again, so its start goes with it.
  record RunningProcess(long id, Optional<Instant> start) {
    static RunningProcess current() {
      ProcessHandle self = ProcessHandle.current();
      return new RunningProcess(self.pid(), self.info().startInstant());
    }

    boolean alive() {
      return ProcessHandle.of(id)
          .filter(ProcessHandle::isAlive)
          .filter(found -> start.isEmpty() || found.info().startInstant().equals(start))
          .isPresent();
    }
  }

  static RunRecord starting(String job, JobInput input, Instant now) {
    return new RunRecord(
        job,
        State.RUNNING,
        now,
        RunningProcess.current(),
        input.base().toString(),
        input.file(),
        Optional.empty());
  }

  /// The same in this process.
  RunRecord resumed() {
    return in(State.RUNNING, Optional.empty());
  }

  /// The same in another state, as this process found it.
  RunRecord in(State now, Optional<String> why) {
    return new RunRecord(job, now, started, RunningProcess.current(), base, file, why);
  }

  /// Where the job stands: one that runs in no process was interrupted.
  State now() {
    return state == State.RUNNING && !process.alive() ? State.INTERRUPTED : state;
  }

  /// The job as a reader sees it.
  ///
  /// @param reports of its rounds, which say how far it came
  JobState view(List<RoundReport> reports) {
    return new JobState(
        job,
        now(),
        Optional.of(started),
        (int) reports.stream().filter(report -> report.outcome() == Outcome.PUBLISHED).count(),
        reports.reversed().stream().flatMap(report -> report.accuracy().stream()).findFirst(),
        reason);
  }
}
