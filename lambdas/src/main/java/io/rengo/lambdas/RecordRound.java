package io.rengo.lambdas;

import io.rengo.core.MetricSums;
import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.RoundReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Writes a round's report, and moves the job's progress on by this round.
final class RecordRound implements Step<RecordRound.Input, RoundReport> {
  /// @param exclude members whose accepted update was left out in the end
  record Input(
      String job, int round, RoundReport.Outcome outcome, List<String> exclude, String reason) {}

  private final Ports ports;
  private final Meter meter;

  RecordRound(Ports ports, Meter meter) {
    this.ports = ports;
    this.meter = meter;
  }

  @Override
  public RoundReport run(Input input) {
    Job job = Job.load(ports, input.job());
    String key = job.keys().report(input.round());
    RoundReport report =
        ports
            .objects()
            .get(key)
            .map(object -> Json.read(object.content(), RoundReport.class, key))
            .orElseGet(() -> write(job, input, key));
    Conflicts.retry(() -> moveOn(report, input.job()), "job " + input.job());
    return report;
  }

  private RoundReport write(Job job, Input input, String key) {
    List<AcceptedUpdate> counted =
        Accepted.load(ports.objects(), job.keys().accepted(input.round()))
            .without(input.exclude())
            .updates();
    History.record(
        ports,
        job,
        input.round(),
        Set.copyOf(Cohort.load(ports.objects(), job.keys().cohort(input.round())).members()),
        counted);
    RoundReport report =
        Job.putOnce(ports.objects(), key, report(job, input, counted), RoundReport.class);
    meter.record(report);
    return report;
  }

  private RoundReport report(Job job, Input input, List<AcceptedUpdate> counted) {
    RoundRecord round = Job.round(ports, input.job(), input.round());
    List<Refusal> refusals =
        ports
            .records()
            .list(RecordKeys.roundPartition(input.job(), input.round()), RecordKeys.REFUSED)
            .stream()
            .map(record -> Json.read(record.json(), Refusal.class, record.key().toString()))
            .toList();
    int late =
        (int) refusals.stream().filter(refusal -> refusal.code() == ErrorCode.ROUND_CLOSED).count();
    Optional<MetricSums> metrics =
        counted.stream().map(AcceptedUpdate::evaluation).reduce(MetricSums::plus);
    double examples = counted.stream().mapToDouble(AcceptedUpdate::examples).sum();
    double loss = counted.stream().mapToDouble(u -> u.loss() * u.examples()).sum() / examples;
    String latest = job.keys().latestModel();
    return new RoundReport(
        input.round(),
        round.purpose(),
        input.outcome(),
        round.cohort(),
        counted.size(),
        late,
        refusals.stream().filter(refusal -> refusal.code() != ErrorCode.ROUND_CLOSED).toList(),
        counted.isEmpty() || round.purpose() == Purpose.EVALUATE
            ? Optional.empty()
            : Optional.of(loss),
        metrics.flatMap(sums -> boxed(sums.meanLoss())),
        metrics.flatMap(sums -> boxed(sums.accuracy())),
        metrics.flatMap(sums -> boxed(sums.macroF1())),
        counted.stream().mapToLong(AcceptedUpdate::payloadSize).sum(),
        Duration.between(round.opened(), ports.clock().instant()).toMillis() / 1e3,
        Json.read(Job.content(ports.objects(), latest), ModelRef.class, latest),
        input.reason().isEmpty() ? Optional.empty() : Optional.of(input.reason()));
  }

  private Optional<Progress> moveOn(RoundReport report, String id) {
    StoredRecord stored = ports.records().get(RecordKeys.job(id)).orElseThrow();
    Progress before = Json.read(stored.json(), Progress.class, "job " + id);
    if (before.round() >= report.round()) {
      return Optional.of(before);
    }
    boolean training = report.purpose() == Purpose.TRAIN;
    Progress after =
        new Progress(
            id,
            before.state(),
            before.seed(),
            before.started(),
            report.round(),
            before.published() + (report.outcome() == RoundReport.Outcome.PUBLISHED ? 1 : 0),
            before.abandoned()
                + (training && report.outcome() == RoundReport.Outcome.ABANDONED ? 1 : 0),
            before.evaluated() || !training,
            report.model(),
            report.accuracy().or(before::accuracy),
            report.reason());
    return ports
            .records()
            .commit(List.of(new Change.Replace(stored.key(), stored.version(), Json.write(after))))
        ? Optional.of(after)
        : Optional.empty();
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }
}
