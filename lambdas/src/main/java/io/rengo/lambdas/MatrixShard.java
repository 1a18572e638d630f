package io.rengo.lambdas;

import io.rengo.core.aggregation.ColumnFold;
import io.rengo.core.aggregation.CoordinateMedian;
import io.rengo.core.aggregation.MatrixMeasure;
import io.rengo.core.aggregation.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// One shard of the matrix that a rule weighs: the updates, below them the rows that the rule
/// compares them with, and below those the updates' coordinate median where it is measured.
final class MatrixShard {
  private final Rows rows;
  private final Plan plan;
  private final int shard;
  private final List<Rows.Source<ByteBuffer>> sources = new ArrayList<>();

  MatrixShard(Rows rows, Plan plan, Reference reference, int shard) {
    this.rows = rows;
    this.plan = plan;
    this.shard = shard;
    plan.rows().forEach(row -> sources.add(rows.source(plan, row, shard)));
    switch (reference) {
      case NONE -> {}
      case ROOT -> sources.add(rows.source(plan, plan.root().orElseThrow(), shard));
      case AGGREGATE -> sources.add(rows.remembered(plan, Memories.AGGREGATE, shard));
      case HISTORY ->
          plan.rows().forEach(row -> sources.add(rows.remembered(plan, row.member(), shard)));
    }
  }

  /// Number of rows, the median with them.
  int rows() {
    return sources.size() + (plan.median() ? 1 : 0);
  }

  /// All rows, a range of columns after the other; ranges are the same on every machine.
  void forEach(Consumer<ByteBuffer[]> action) {
    int chunk = MatrixMeasure.chunk(rows());
    rows.forEachTile(
        sources,
        sources.size(),
        plan.shards().length(shard),
        Tiles.width(sources.size(), chunk),
        tile -> {
          for (int begin = 0; begin < tile.length(); begin += chunk) {
            action.accept(slices(tile, begin, Math.min(chunk, tile.length() - begin)));
          }
        });
  }

  private ByteBuffer[] slices(Rows.Tile<ByteBuffer> tile, int begin, int length) {
    ByteBuffer[] slices = new ByteBuffer[rows()];
    for (int i = 0; i < sources.size(); i++) {
      slices[i] = tile.rows().get(i).slice(begin * Float.BYTES, length * Float.BYTES);
    }
    if (plan.median()) {
      slices[sources.size()] = median(slices, length);
    }
    return slices;
  }

  private ByteBuffer median(ByteBuffer[] slices, int length) {
    int updates = plan.rows().size();
    double[] median = new double[length];
    new ColumnFold(new CoordinateMedian(0).statistic(updates).orElseThrow())
        .fold(Arrays.copyOf(slices, updates), median, 0);
    return Floats.encode(median);
  }
}
