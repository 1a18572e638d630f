package io.rengo.core.aggregation;

import io.rengo.core.Range;
import java.util.Optional;

/// The sign that the majority of the updates has in each coordinate, as a step of fixed size; where
/// they are even, none. Bernstein et al. 2019, "signSGD with Majority Vote is Communication
/// Efficient and Fault Tolerant".
///
/// @param byzantine hostile updates to withstand, 0 or more
/// @param step by which a coordinate moves in a round, above 0
public record SignMajority(int byzantine, double step) implements Rule {
  public SignMajority {
    Range.notNegative("byzantine", byzantine);
    Range.positive("step", step);
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
    return Optional.of(new ColumnStatistic.MajoritySign(counted, step));
  }
}
