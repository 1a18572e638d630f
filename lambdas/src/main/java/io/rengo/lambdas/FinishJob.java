package io.rengo.lambdas;

import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Versions;
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
    Progress progress =
        Job.changeProgress(
            ports,
            input.job(),
            before ->
                before.state() == Progress.State.RUNNING
                    ? before.ended(input.state(), Reason.plain(input.reason()))
                    : before);
    String reason = progress.reason().orElse("");
    Output output =
        new Output(
            progress.job(),
            progress.state(),
            progress.state() == Progress.State.COMPLETED ? "" : Reason.code(reason),
            reason,
            progress.published(),
            progress.accuracy(),
            progress.model());
    Output result =
        Job.putOnce(ports.objects(), new ObjectKeys(input.job()).result(), output, Output.class);
    new Audit(ports, Job.load(ports, input.job()), Versions.UNKNOWN)
        .finished(progress.round(), result);
    return result;
  }
}
