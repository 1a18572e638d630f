package io.rengo.lambdas;

import io.rengo.core.aggregation.Measure;
import io.rengo.core.aggregation.Reference;
import io.rengo.core.aggregation.Rule;
import io.rengo.core.privacy.SecureBits;
import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.Counted;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Cuts the model into shards and weighs the updates, without those that are excluded.
final class PlanTiles implements Step<PlanTiles.Input, PlanTiles.Output> {
  /// @param exclude members whose update has values that are not finite
  record Input(String job, int round, int revision, List<String> exclude) {}

  /// @param plan the object that holds the plan; empty where there are not enough updates
  /// @param merges number of functions that merge partial sums, level by level
  /// @param measure whether the updates are measured before they are weighed
  /// @param reason why there are not; empty otherwise
  record Output(
      boolean enough,
      String plan,
      int shards,
      int tiles,
      List<Integer> merges,
      boolean measure,
      String reason) {
    static Output tooFew(String reason) {
      return new Output(false, "", 0, 0, List.of(), false, reason);
    }
  }

  private final Ports ports;

  PlanTiles(Ports ports) {
    this.ports = ports;
  }

  @Override
  public Output run(Input input) {
    Job job = Job.load(ports, input.job());
    input.exclude().forEach(member -> refuse(input, member));
    Accepted accepted =
        Accepted.load(ports.objects(), job.keys().accepted(input.round())).without(input.exclude());
    String shortfall = shortfall(job, accepted.updates());
    if (!shortfall.isEmpty()) {
      return Output.tooFew(shortfall);
    }
    String key = job.keys().plan(input.round(), input.revision());
    Plan plan =
        ports
            .objects()
            .get(key)
            .map(object -> Json.read(object.content(), Plan.class, key))
            .orElseGet(() -> make(job, input, accepted.updates(), key));
    return new Output(
        true, key, plan.shards().count(), plan.tiles(), plan.merges(), plan.measured(), "");
  }

  private Plan make(Job job, Input input, List<AcceptedUpdate> updates, String key) {
    ModelRef base = Job.progress(ports, input.job()).model();
    Shards shards = job.shards();
    JobSpec.Aggregation aggregation = job.spec().aggregation();
    Optional<String> root = Root.of(aggregation.rule());
    List<Plan.Row> all = updates.stream().map(update -> row(update, job, base.version())).toList();
    List<Plan.Row> rows =
        all.stream().filter(row -> !root.equals(Optional.of(row.member()))).toList();
    Reference reference = aggregation.rule().reference();
    int tileRows = tileRows(job.spec(), shards, rows.size());
    Optional<Plan.Memory> before =
        Memories.names(reference, Optional.empty(), rows).isEmpty()
            ? Optional.empty()
            : Memories.before(ports.objects(), job.keys(), input.round());
    Plan plan =
        new Plan(
            input.job(),
            input.round(),
            input.revision(),
            base.version(),
            base.key(),
            base.size() - job.layout().size() * Float.BYTES,
            ports.objects().openUpload(job.product(input.round(), base.version() + 1)),
            shards,
            rows,
            former(job, input.round(), rows),
            factor(job.spec(), updates, rows),
            rows.size() <= tileRows && keepsNothing(job),
            tileRows,
            measure(job, rows),
            aggregation.scores() || aggregation.filter().cosine().isPresent(),
            all.stream().filter(row -> root.equals(Optional.of(row.member()))).findFirst(),
            Memories.names(reference, before, rows),
            before);
    if (job.central() && rows.isEmpty()) {
      Clipping.of(ports.objects(), job, input.round(), Map.of(), new SecureBits());
    }
    return Job.putOnce(ports.objects(), key, plan, Plan.class);
  }

  /// What is not a plain sum sees all updates at once. No fewer than make more tiles than a round
  /// may have.
  private static int tileRows(JobSpec spec, Shards shards, int rows) {
    long fit = spec.aggregation().tile() / ((long) shards.length(0) * Float.BYTES);
    int batches = Math.max(1, JobSpec.Aggregation.MOST_TILES / shards.count());
    return spec.sumsInBatches(rows)
        ? (int) Math.clamp(Math.max(fit, Math.ceilDiv(rows, batches)), 1, Math.max(1, rows))
        : Math.max(1, rows);
  }

  private static boolean keepsNothing(Job job) {
    JobSpec spec = job.spec();
    return job.region() ? !spec.algorithm().keepsVectors() : spec.stepKeepsNothing();
  }

  /// Why these updates are not enough, or nothing: below the quorum, without the root's, or fewer
  /// than the rule needs.
  private static String shortfall(Job job, List<AcceptedUpdate> updates) {
    if (job.central()) {
      return "";
    }
    JobSpec spec = job.spec();
    int quorum = job.quorum();
    if (updates.size() < quorum) {
      return CloseRound.shortfall(updates.size(), quorum);
    }
    Rule rule = spec.aggregation().rule();
    Optional<String> root = Root.of(rule);
    boolean missing =
        root.isPresent()
            && updates.stream().noneMatch(update -> update.member().equals(root.get()));
    return missing
        ? "%s: no update of the root member %s".formatted(ErrorCode.BELOW_BOUND, root.get())
        : Bound.shortfall(rule, updates.size() - (root.isPresent() ? 1 : 0));
  }

  private static Plan.Row row(AcceptedUpdate update, Job job, int version) {
    return new Plan.Row(
        update.member(),
        update.payloadKey(),
        update.sealed(),
        update.dataOffset(),
        Plan.Form.of(job, update.round()),
        weight(update, job.spec(), version));
  }

  private static double weight(AcceptedUpdate update, JobSpec spec, int version) {
    return spec.buffer()
        .map(buffer -> buffer.weight(Math.max(0, version - update.baseVersion())))
        .orElseGet(() ->
            spec.algorithm()
                .weight(examples(update, spec), update.steps(), spec.training().steps()));
  }

  private static double examples(AcceptedUpdate update, JobSpec spec) {
    return Math.min(update.examples(), spec.mostExamples());
  }

  private static double factor(JobSpec spec, List<AcceptedUpdate> updates, List<Plan.Row> rows) {
    if (spec.buffer().isPresent()) {
      return spec.buffer().get().factor(rows.stream().mapToDouble(Plan.Row::weight).toArray());
    }
    return spec.algorithm()
        .factor(
            updates.stream().mapToDouble(update -> examples(update, spec)).toArray(),
            updates.stream().mapToLong(AcceptedUpdate::steps).toArray(),
            spec.training().steps());
  }

  /// What the server has of the same members, where it keeps the mean of their vectors.
  private List<Plan.Row> former(Job job, int round, List<Plan.Row> rows) {
    if (!job.spec().algorithm().keepsVectors()) {
      return List.of();
    }
    Counted counted = Counting.before(ports, job, round);
    return rows.stream()
        .flatMap(row ->
            counted.of(row.member()).stream()
                .map(last ->
                    new Plan.Row(
                        row.member(),
                        last.key(),
                        last.sealed(),
                        last.dataOffset(),
                        Plan.Form.of(job, last.round()),
                        1)))
        .toList();
  }

  /// What the rule needs to know, or the filter, or the reader of the report.
  private static Measure measure(Job job, List<Plan.Row> rows) {
    if (job.central()) {
      return rows.isEmpty() ? Measure.NOTHING : Measure.NORMS;
    }
    JobSpec.Aggregation aggregation = job.spec().aggregation();
    if (aggregation.scores() || aggregation.filter().cosine().isPresent()) {
      return Measure.GRAM;
    }
    return aggregation.rule().measure() == Measure.NOTHING
            && !aggregation.filter().excludesNothing()
        ? Measure.NORMS
        : aggregation.rule().measure();
  }

  private void refuse(Input input, String member) {
    Refusal refusal =
        new Refusal(member, ErrorCode.NON_FINITE, "the update has values that are not finite");
    ports
        .records()
        .commit(
            List.of(
                new Change.Create(
                    RecordKeys.refused(input.job(), input.round(), member, "fold"),
                    Json.write(refusal),
                    Optional.empty())));
  }
}
