package io.rengo.lambdas;

import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.StoredRecord;
import java.util.List;
import java.util.Optional;

/// Records how a job ended and writes its result.
final class FinishJob implements Step<FinishJob.Input, FinishJob.Output> {
  record Input(String job, Progress.State state, String reason) {}

  /// @param error code of the reason of a failure; empty otherwise
  record Output(
      String job,
      Progress.State state,
      String error,
      String reason,
      int rounds,
      Optional<Double> accuracy,
      ModelRef model) {}

  private final Ports ports;

  FinishJob(Ports ports) {
    this.ports = ports;
  }

  @Override
  public Output run(Input input) {
    Progress progress = Conflicts.retry(() -> end(input), "job " + input.job());
    String reason = progress.reason().orElse("");
    Output output =
        new Output(
            progress.job(),
            progress.state(),
            progress.state() == Progress.State.COMPLETED ? "" : reason.split(":", 2)[0],
            reason,
            progress.published(),
            progress.accuracy(),
            progress.model());
    return Job.putOnce(ports.objects(), new ObjectKeys(input.job()).result(), output, Output.class);
  }

  private Optional<Progress> end(Input input) {
    StoredRecord stored = ports.records().get(RecordKeys.job(input.job())).orElseThrow();
    Progress before = Json.read(stored.json(), Progress.class, "job " + input.job());
    if (before.state() != Progress.State.RUNNING) {
      return Optional.of(before);
    }
    Progress after = before.ended(input.state(), input.reason());
    return ports
            .records()
            .commit(List.of(new Change.Replace(stored.key(), stored.version(), Json.write(after))))
        ? Optional.of(after)
        : Optional.empty();
  }
}
