package io.rengo.core.aggregation;

import io.rengo.core.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// [Krum] picks `n - 2 f` updates one after the other, each among those that are left; of each
/// coordinate the `n - 4 f` picked values nearest to their median are averaged, at a tie the
/// smaller one. El Mhamdi, Guerraoui and Rouault 2018, "The Hidden Vulnerability of Distributed
/// Learning in Byzantium".
///
/// @param byzantine `f`, hostile updates to withstand, 0 or more
public record Bulyan(int byzantine) implements Rule {
  public Bulyan {
    Range.notNegative("byzantine", byzantine);
  }

  @Override
  public Measure measure() {
    return Measure.GRAM;
  }

  @Override
  public int fewest() {
    return 4 * byzantine + 3;
  }

  @Override
  public String bound() {
    return "n >= 4 byzantine + 3";
  }

  @Override
  public Weighing weigh(Gram gram, double[] examples) {
    Rule.check(this, examples.length);
    List<Integer> picked = picks(gram, examples.length);
    return Rule.weighing(
        examples.length,
        i ->
            picked.contains(i)
                ? Weight.counted(1)
                : Weight.excluded("not among the %d that Krum picks", picked.size()));
  }

  @Override
  public Optional<ColumnStatistic> statistic(int counted) {
    return Optional.of(new ColumnStatistic.NearestToMedian(counted, counted - 2 * byzantine));
  }

  /// The rows that Krum picks, in this order.
  public List<Integer> picks(Gram gram, int n) {
    List<Integer> left = Krum.all(n);
    List<Integer> picked = new ArrayList<>();
    while (picked.size() < n - 2 * byzantine) {
      int neighbours = Math.min(left.size() - 1, Math.max(1, left.size() - byzantine - 2));
      picked.add(left.remove(Krum.lowest(Krum.scores(gram, left, neighbours))));
    }
    return picked;
  }
}
