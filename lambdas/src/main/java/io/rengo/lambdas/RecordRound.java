package io.rengo.lambdas;

import io.rengo.core.MetricSums;
import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PrivacyReport;
import io.rengo.protocol.PrivacySpec;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a round's report, and moves the job's progress on by this round.
final class RecordRound implements Step<RecordRound.Input, RecordRound.Output> {
  private static final Logger LOG = LoggerFactory.getLogger(RecordRound.class);

  /// @param plan the last plan of the round; empty where it has none
  /// @param exclude members whose accepted update was left out in the end
  record Input(
      String job,
      int round,
      RoundReport.Outcome outcome,
      List<String> exclude,
      String reason,
      String plan) {}

  /// @param report the object that holds the [RoundReport], which may be longer than a workflow's
  ///   state
  record Output(String report, RoundReport.Outcome outcome) {}

  private final Ports ports;
  private final Versions versions;
  private final Meter meter;

  RecordRound(Ports ports, Versions versions, Meter meter) {
    this.ports = ports;
    this.versions = versions;
    this.meter = meter;
  }

  @Override
  public Output run(Input input) {
    Job job = Job.load(ports, input.job());
    String key = job.keys().report(input.round());
    RoundReport report =
        ports
            .objects()
            .get(key)
            .map(object -> Json.read(object.content(), RoundReport.class, key))
            .orElseGet(() -> write(job, input, key));
    audit(job, input, report);
    Progress moved = Job.changeProgress(ports, input.job(), before -> moveOn(before, report));
    LOG.info(
        "{} with {} of {} updates, {} late, {} refused; published so far: {}",
        report.outcome(),
        report.accepted(),
        report.cohort(),
        report.late(),
        report.refusals().size(),
        moved.published());
    return new Output(key, report.outcome());
  }

  /// Before the job moves on: no round goes by without its page.
  private void audit(Job job, Input input, RoundReport report) {
    List<String> cohort = Cohort.load(ports.objects(), job.keys().cohort(input.round())).members();
    new Audit(ports, job, versions).round(report, cohort, counted(job, input));
  }

  private List<AcceptedUpdate> counted(Job job, Input input) {
    return Accepted.load(ports.objects(), job.keys().accepted(input.round()))
        .without(input.exclude())
        .updates();
  }

  private RoundReport write(Job job, Input input, String key) {
    List<AcceptedUpdate> counted = counted(job, input);
    History.record(
        ports,
        job,
        input.round(),
        Set.copyOf(Cohort.load(ports.objects(), job.keys().cohort(input.round())).members()),
        counted);
    Counting.record(ports, job, input.round(), input.outcome(), counted);
    RegionMean.store(ports, job, input.round(), input.outcome(), counted, input.reason());
    if (input.outcome() == RoundReport.Outcome.EVALUATED) {
      new MemoryAudit(ports, job).record(counted);
    }
    RoundReport report =
        Job.putOnce(
            ports.objects(),
            key,
            job.central() ? released(report(job, input, counted)) : report(job, input, counted),
            RoundReport.class);
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
    Optional<MetricSums> metrics = Evaluation.sum(counted);
    double examples = counted.stream().mapToDouble(AcceptedUpdate::examples).sum();
    double loss = counted.stream().mapToDouble(u -> u.loss() * u.examples()).sum() / examples;
    String latest = job.keys().latestModel();
    Optional<Weights> weights = weights(input.plan());
    return new RoundReport(
        input.round(),
        round.purpose(),
        input.outcome(),
        round.cohort(),
        counted.size(),
        late,
        refusals.stream().filter(refusal -> refusal.code() != ErrorCode.ROUND_CLOSED).toList(),
        Optional.of(loss)
            .filter(mean ->
                round.purpose() == Purpose.TRAIN
                    && Double.isFinite(mean)
                    && job.spec().privacy().isEmpty()),
        metrics.flatMap(sums -> finite(sums.meanLoss())),
        metrics.flatMap(sums -> finite(sums.accuracy())),
        metrics.flatMap(sums -> finite(sums.macroF1())),
        counted.stream().mapToLong(AcceptedUpdate::payloadSize).sum(),
        Duration.between(round.opened(), ports.clock().instant()).toMillis() / 1e3,
        Json.read(Job.content(ports.objects(), latest), ModelRef.class, latest),
        input.reason().isEmpty()
            ? new MemoryAudit(ports, job).verdict(round.purpose())
            : Optional.of(input.reason()),
        weights
            .map(found -> found.entries().stream().map(Weights.Entry::score).toList())
            .orElse(List.of()),
        job.spec().privacy().map(privacy -> spent(job, privacy, input.round(), counted)),
        weights.map(Weights::cosines).orElse(List.of()),
        rootLoss(job, counted));
  }

  /// The server's own data are those of the member that it trusts.
  private static Optional<Double> rootLoss(Job job, List<AcceptedUpdate> counted) {
    return Root.of(job.spec().aggregation().rule()).stream()
        .flatMap(root -> counted.stream().filter(update -> update.member().equals(root)))
        .flatMap(update -> finite(update.evaluation().meanLoss()).stream())
        .findFirst();
  }

  private Optional<Weights> weights(String key) {
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Plan plan = Plan.load(ports.objects(), key);
    String weights = plan.keys().weights(plan.round(), plan.revision());
    return ports
        .objects()
        .get(weights)
        .map(object -> Json.read(object.content(), Weights.class, weights));
  }

  private PrivacyReport spent(
      Job job, PrivacySpec privacy, int round, List<AcceptedUpdate> counted) {
    boolean examples = privacy.mechanism() == PrivacySpec.Mechanism.DP_SGD;
    double epsilon =
        examples
            ? counted.stream().mapToDouble(update -> update.epsilon().orElse(0.0)).max().orElse(0)
            : new PrivacyBudget(ports)
                .ledger()
                .epsilon(job.id(), privacy.delta(), privacy.adjacency());
    return new PrivacyReport(
        privacy.mechanism(),
        examples ? "example" : "client",
        privacy.adjacency(),
        privacy.delta(),
        privacy.samplingRate(job.spec().cohort()),
        privacy.noiseMultiplier(),
        epsilon,
        privacy.epsilon(),
        job.central()
            ? Clipping.newest(ports.objects(), job, round)
                .map(Clipping::norm)
                .orElse(privacy.clipNorm())
            : privacy.clipNorm());
  }

  /// What may be known of a round whose members the server's noise hides: neither who took part and
  /// how many, nor what they measured.
  private static RoundReport released(RoundReport whole) {
    return new RoundReport(
        whole.round(),
        whole.purpose(),
        whole.outcome(),
        0,
        0,
        0,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        whole.seconds(),
        whole.model(),
        whole.reason(),
        List.of(),
        whole.privacy());
  }

  private static Optional<Double> finite(OptionalDouble value) {
    return value.stream().boxed().filter(Double::isFinite).findFirst();
  }

  private static Progress moveOn(Progress before, RoundReport report) {
    if (before.round() >= report.round()) {
      return before;
    }
    boolean training = report.purpose() == Purpose.TRAIN;
    return new Progress(
        before.job(),
        before.state(),
        before.seed(),
        before.started(),
        report.round(),
        before.published() + (report.outcome() == RoundReport.Outcome.PUBLISHED ? 1 : 0),
        before.abandoned()
            + (training && report.outcome() == RoundReport.Outcome.ABANDONED ? 1 : 0),
        before.evaluated() || report.purpose() == Purpose.EVALUATE,
        before.audited() || report.purpose() == Purpose.AUDIT,
        report.model(),
        report.accuracy().or(before::accuracy),
        report.purpose() == Purpose.AUDIT ? before.reason() : report.reason());
  }
}
