package io.rengo.lambdas;

import io.rengo.core.Values;
import io.rengo.core.WeightedSum;
import io.rengo.core.aggregation.ColumnFold;
import io.rengo.core.aggregation.ColumnStatistic;
import io.rengo.core.aggregation.MatrixMeasure;
import io.rengo.core.aggregation.Reference;
import io.rengo.core.aggregation.Rule;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Ports;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Reads one tile, a shard of a batch of the updates that count, and stores what they come to:
/// their weighted sum, or a statistic of each column. Where nobody else needs it, it stays in
/// memory, and the step that [StepShards] would take is taken at once. The updates are added in the
/// order of their members, so that a second run gives the same bytes.
final class FoldTiles implements Step<FoldTiles.Input, FoldTiles.Output> {
  record Input(String plan, int tile) {}

  /// @param nonFinite members whose update has values that are not finite; then nothing is stored
  /// @param parts the part of the new model, where the step is taken at once; else none
  record Output(int tile, List<String> nonFinite, List<StepShards.Output> parts) {}

  /// Updates that are added together: a wider batch reads narrower ranges.
  private static final int TOGETHER = 8;

  private final Ports ports;
  private final Rows rows;

  FoldTiles(Ports ports) {
    this.ports = ports;
    this.rows = new Rows(ports.objects(), ports.keys());
  }

  @Override
  public Output run(Input input) {
    Plan plan = Plan.load(ports.objects(), input.plan());
    int shard = input.tile() / plan.batches();
    int batch = input.tile() % plan.batches();
    String key = plan.foldKey(shard, batch);
    if (!plan.stepped() && ports.objects().head(key).isPresent()) {
      return new Output(input.tile(), List.of(), List.of());
    }
    Job job = Job.load(ports, plan.job());
    JobSpec spec = job.spec();
    Rule rule = spec.aggregation().rule();
    Weights weights =
        plan.measured() ? Weights.load(ports.objects(), plan) : Weights.unmeasured(plan, rule);
    Optional<ColumnStatistic> statistic = rule.statistic(weights.counted(plan).size());
    List<String> nonFinite = new ArrayList<>();
    WeightedSum sum =
        statistic.isPresent()
            ? columns(plan, shard, weights.counted(plan), statistic.get(), nonFinite)
            : sum(plan, shard, batch, weights, rule.reference());
    if (!sum.isFinite()) {
      nonFinite.addAll(nonFinite(plan, shard, batch));
    }
    if (batch == 0 && spec.algorithm().keepsVectors()) {
      nonFinite.addAll(new VectorFold(ports.objects(), rows).store(plan, shard));
    }
    if (!nonFinite.isEmpty()) {
      return new Output(input.tile(), List.copyOf(new TreeSet<>(nonFinite)), List.of());
    }
    new Memories(ports.objects(), rows).store(plan, rule.reference(), shard, sum);
    if (plan.stepped()) {
      StepShards.Output part = new StepShards(ports).step(job, plan, shard, sum.mean());
      return new Output(input.tile(), List.of(), List.of(part));
    }
    ports.objects().putOnce(key, sum.encode());
    ports.objects().letExpire(key);
    return new Output(input.tile(), List.of(), List.of());
  }

  private WeightedSum sum(Plan plan, int shard, int batch, Weights weights, Reference reference) {
    int length = plan.shards().length(shard);
    WeightedSum sum = WeightedSum.zero(length);
    List<Rows.Source<Values>> sources = new ArrayList<>();
    List<Double> coefficients = new ArrayList<>();
    for (int i : plan.batch(batch)) {
      Weights.Entry entry = weights.entries().get(i);
      sum.addWeight(entry.share());
      if (entry.coefficient() > 0) {
        sources.add(rows.values(plan, plan.rows().get(i), shard));
        coefficients.add(entry.coefficient());
      }
    }
    if (reference == Reference.AGGREGATE) {
      Rows.Source<ByteBuffer> aggregate = rows.remembered(plan, Memories.AGGREGATE, shard);
      sources.add((begin, count) -> Values.of(aggregate.read(begin, count)));
      coefficients.add(weights.references().getFirst());
    }
    double[] all = coefficients.stream().mapToDouble(Double::doubleValue).toArray();
    int together = Math.min(TOGETHER, Math.max(1, sources.size()));
    rows.forEachTile(
        sources,
        together,
        length,
        Tiles.width(together, WeightedSum.ALIGNMENT),
        tile ->
            sum.addAll(
                tile.begin(),
                tile.length(),
                Arrays.copyOfRange(all, tile.first(), tile.first() + tile.rows().size()),
                tile.rows()));
    return sum;
  }

  private WeightedSum columns(
      Plan plan,
      int shard,
      List<Plan.Row> counted,
      ColumnStatistic statistic,
      List<String> nonFinite) {
    double[] folded = new double[plan.shards().length(shard)];
    ColumnFold fold = new ColumnFold(statistic);
    List<Rows.Source<ByteBuffer>> sources =
        counted.stream().map(row -> rows.source(plan, row, shard)).toList();
    rows.forEachTile(
        sources,
        sources.size(),
        folded.length,
        Tiles.width(sources.size(), MatrixMeasure.chunk(sources.size())),
        tile -> {
          for (int i = 0; i < counted.size(); i++) {
            if (!WeightedSum.isFinite(tile.rows().get(i))) {
              nonFinite.add(counted.get(i).member());
            }
          }
          fold.fold(tile.rows().toArray(ByteBuffer[]::new), folded, tile.begin());
        });
    return WeightedSum.of(folded);
  }

  private List<String> nonFinite(Plan plan, int shard, int batch) {
    List<String> members = new ArrayList<>();
    List<Plan.Row> read = plan.batch(batch).stream().map(plan.rows()::get).toList();
    rows.forEachTile(
        read.stream().map(row -> rows.source(plan, row, shard)).toList(),
        1,
        plan.shards().length(shard),
        Tiles.width(1, WeightedSum.ALIGNMENT),
        tile -> {
          if (!WeightedSum.isFinite(tile.rows().getFirst())) {
            members.add(read.get(tile.first()).member());
          }
        });
    return members;
  }
}
