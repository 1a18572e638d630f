package io.rengo.lambdas;

import io.rengo.core.aggregation.Gram;
import io.rengo.core.aggregation.MatrixMeasure;
import io.rengo.core.aggregation.Measure;
import io.rengo.protocol.Ports;
import java.util.List;
import java.util.stream.Stream;

/// Measures one shard of the update matrix: the norms of its rows, or the products and distances of
/// all pairs. Those of the shards add up.
final class MeasureTiles implements Step<MeasureTiles.Input, MeasureTiles.Output> {
  record Input(String plan, int shard) {}

  /// @param nonFinite members whose update has values that are not finite; then nothing is stored
  record Output(int shard, List<String> nonFinite) {}

  private final Ports ports;
  private final Rows rows;

  MeasureTiles(Ports ports) {
    this.ports = ports;
    this.rows = new Rows(ports.objects(), ports.keys());
  }

  @Override
  public Output run(Input input) {
    Plan plan = Plan.load(ports.objects(), input.plan());
    String key = plan.keys().measure(plan.round(), plan.revision(), input.shard());
    if (ports.objects().head(key).isPresent()) {
      return new Output(input.shard(), List.of());
    }
    Job job = Job.load(ports, plan.job());
    Gram gram = measure(plan, job, input.shard());
    List<String> nonFinite =
        Stream.concat(plan.rows().stream(), plan.root().stream())
            .map(Plan.Row::member)
            .filter(member -> !gram.isFinite(row(plan, member)))
            .toList();
    if (nonFinite.isEmpty()) {
      ports.objects().putOnce(key, gram.encode());
    }
    return new Output(input.shard(), nonFinite);
  }

  /// The row of a member's update: the root's stands below the others.
  private static int row(Plan plan, String member) {
    return (int) plan.rows().stream().takeWhile(row -> !row.member().equals(member)).count();
  }

  private Gram measure(Plan plan, Job job, int shard) {
    MatrixShard matrix =
        new MatrixShard(rows, plan, job.spec().aggregation().rule().reference(), shard);
    MatrixMeasure measure = new MatrixMeasure(matrix.rows());
    boolean full = plan.measure() == Measure.GRAM;
    Gram gram = Gram.zero(matrix.rows(), full);
    matrix.forEach(chunk -> gram.merge(full ? measure.measure(chunk) : measure.norms(chunk)));
    return gram;
  }
}
