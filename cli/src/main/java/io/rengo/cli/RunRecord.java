package io.rengo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.cli.JobState.State;
import io.rengo.protocol.Progress;
import java.time.Instant;
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
    int rounds,
    Optional<Double> accuracy,
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
        0,
        Optional.empty(),
        Optional.empty());
  }

  /// The same in this process.
  RunRecord resumed() {
    return with(State.RUNNING, rounds, accuracy, Optional.empty());
  }

  RunRecord at(Progress progress) {
    JobState now = JobStates.of(progress);
    return with(now.state(), now.rounds(), now.accuracy(), now.reason());
  }

  RunRecord ended(State end, Optional<String> why) {
    return with(end, rounds, accuracy, why);
  }

  private RunRecord with(State now, int published, Optional<Double> reached, Optional<String> why) {
    return new RunRecord(
        job, now, started, RunningProcess.current(), base, file, published, reached, why);
  }

  /// The job as a reader sees it: one that runs in no process was interrupted.
  JobState view() {
    State seen = state == State.RUNNING && !process.alive() ? State.INTERRUPTED : state;
    return new JobState(job, seen, Optional.of(started), rounds, accuracy, reason);
  }
}
