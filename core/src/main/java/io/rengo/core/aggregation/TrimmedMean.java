package io.rengo.core.aggregation;

import io.rengo.core.Range;
import java.util.Optional;

/// The mean of each coordinate without its lowest and its highest values (Yin et al. 2018).
///
/// @param trim values left out at each end, 0 or more: the hostile updates that it withstands
public record TrimmedMean(int trim) implements Rule {
  public TrimmedMean {
    Range.notNegative("trim", trim);
  }

  @Override
  public Measure measure() {
    return Measure.NOTHING;
  }

  @Override
  public int fewest() {
    return 2 * trim + 1;
  }

  @Override
  public String bound() {
    return "n >= 2 trim + 1";
  }

  @Override
  public Weighing weigh(Gram gram, double[] examples) {
    Rule.check(this, examples.length);
    return Weighing.equal(examples.length);
  }

  @Override
  public Optional<ColumnStatistic> statistic(int counted) {
    return Optional.of(new ColumnStatistic.MiddleMean(counted, trim));
  }
}
