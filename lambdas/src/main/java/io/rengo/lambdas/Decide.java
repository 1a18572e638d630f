package io.rengo.lambdas;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PrivacySpec;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Purpose;
import java.time.Instant;
import java.util.Optional;

/// Says what a job does next, from its progress alone: another round, or filling of its buffer, an
/// evaluation of the last model, or the end.
final class Decide implements Step<Decide.Input, Decide.Output> {
  record Input(String job) {}

  /// @param next `round`, `filling` or `finish`
  /// @param state how the job ends; only with `finish`
  record Output(
      String next,
      int round,
      Purpose purpose,
      long deadlineSeconds,
      Progress.State state,
      String reason) {}

  private final Ports ports;

  Decide(Ports ports) {
    this.ports = ports;
  }

  @Override
  public Output run(Input input) {
    Job job = Job.load(ports, input.job());
    Progress progress = Job.progress(ports, input.job());
    Output next = next(job.spec(), progress, ports.clock().instant());
    return job.spec().privacy().isPresent()
            && next.next().equals("round")
            && next.purpose() == Purpose.TRAIN
        ? booked(job, progress, next)
        : next;
  }

  /// A round that is paid for, or the end of the job; with `dp-sgd` each member keeps its own
  /// account.
  private Output booked(Job job, Progress progress, Output next) {
    if (job.spec().privacy().orElseThrow().mechanism() == PrivacySpec.Mechanism.DP_SGD) {
      return next;
    }
    return new PrivacyBudget(ports)
        .reserve(job, next.round())
        .map(reason ->
            audit(job.spec(), progress)
                .orElseGet(() ->
                    finish(
                        progress.published() > 0 ? Progress.State.COMPLETED : Progress.State.FAILED,
                        reason)))
        .orElse(next);
  }

  static Output next(JobSpec spec, Progress progress, Instant now) {
    if (progress.state() != Progress.State.RUNNING) {
      return finish(progress.state(), progress.reason().orElse(""));
    }
    if (progress.abandoned() > spec.rounds().retries() && spent(progress).isEmpty()) {
      return finish(
          Progress.State.FAILED,
          "%s: %d rounds were abandoned, the last because of %s"
              .formatted(
                  ErrorCode.RETRIES_EXHAUSTED,
                  progress.abandoned(),
                  progress.reason().orElse("an unknown reason")));
    }
    Optional<String> enough = enough(spec, progress, now);
    if (enough.isEmpty()) {
      return round(spec, progress, Purpose.TRAIN);
    }
    return evaluates(spec) && !progress.evaluated()
        ? round(spec, progress, Purpose.EVALUATE)
        : audit(spec, progress)
            .orElseGet(() ->
                finish(
                    spent(progress).isPresent() && progress.published() == 0
                        ? Progress.State.FAILED
                        : Progress.State.COMPLETED,
                    enough.get()));
  }

  /// That the members have spent what they may of their privacy, if so.
  private static Optional<String> spent(Progress progress) {
    return progress
        .reason()
        .filter(reason -> Reason.code(reason).equals(ErrorCode.PRIVACY_SPENT.name()));
  }

  /// Whether members are asked for metrics of the last model, which are not released where the job
  /// promises privacy.
  private static boolean evaluates(JobSpec spec) {
    return spec.privacy().isEmpty();
  }

  /// The round that audits the last model, if it is wanted and there is a model.
  private static Optional<Output> audit(JobSpec spec, Progress progress) {
    return spec.audit().isPresent() && !progress.audited() && progress.published() > 0
        ? Optional.of(round(spec, progress, Purpose.AUDIT))
        : Optional.empty();
  }

  private static Output round(JobSpec spec, Progress progress, Purpose purpose) {
    return new Output(
        spec.buffer().isPresent() && purpose == Purpose.TRAIN ? "filling" : "round",
        next(spec, progress, purpose),
        purpose,
        spec.deadline(purpose).plusMillis(999).toSeconds(),
        Progress.State.RUNNING,
        "");
  }

  /// The number of the next round. That after the last of a buffer is open already: the evaluation
  /// comes after it.
  private static int next(JobSpec spec, Progress progress, Purpose purpose) {
    return progress.round() + (spec.buffer().isPresent() && purpose == Purpose.EVALUATE ? 2 : 1);
  }

  /// Why no further round is trained, if so.
  private static Optional<String> enough(JobSpec spec, Progress progress, Instant now) {
    if (spent(progress).isPresent()) {
      return spent(progress);
    }
    if (progress.evaluated() || progress.published() >= spec.rounds().count()) {
      return Optional.of("%d rounds are done".formatted(progress.published()));
    }
    return spec.stop()
        .accuracy()
        .filter(target -> progress.accuracy().orElse(0.0) >= target)
        .map("the accuracy of %s is reached"::formatted)
        .or(() ->
            spec.stop()
                .after()
                .filter(limit -> now.isAfter(progress.started().plus(limit)))
                .map(limit -> "the time of %s is over".formatted(limit)));
  }

  private static Output finish(Progress.State state, String reason) {
    return new Output("finish", 0, Purpose.TRAIN, 0, state, reason);
  }
}
