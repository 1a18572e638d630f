package io.rengo.core.aggregation;

import io.rengo.core.Range;
import java.util.Optional;

/// The median of each coordinate (Yin et al. 2018). Fewer than half of the updates cannot move any
/// coordinate beyond what the others span.
///
/// @param byzantine hostile updates to withstand, 0 or more
public record CoordinateMedian(int byzantine) implements Rule {
  public CoordinateMedian {
    Range.notNegative("byzantine", byzantine);
  }

  @Override
  public Measure measure() {
    return Measure.NOTHING;
  }

  @Override
  public int fewest() {
    return 2 * byzantine + 1;
  }

  @Override
  public String bound() {
    return "n >= 2 byzantine + 1";
  }

  @Override
  public Weighing weigh(Gram gram, double[] examples) {
    Rule.check(this, examples.length);
    return Weighing.equal(examples.length);
  }

  @Override
  public Optional<ColumnStatistic> statistic(int counted) {
    return Optional.of(new ColumnStatistic.MiddleMean(counted, (counted - 1) / 2));
  }
}
