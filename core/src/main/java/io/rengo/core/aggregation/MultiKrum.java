package io.rengo.core.aggregation;

import io.rengo.core.Range;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The mean of the updates with the lowest [Krum] scores (Blanchard et al. 2017).
///
/// @param byzantine `f`, hostile updates to withstand, 0 or more
/// @param select how many updates to average, 1 or more; where it is not given, `n - f - 2`
public record MultiKrum(int byzantine, Optional<Integer> select) implements Rule {
  public MultiKrum {
    Range.notNegative("byzantine", byzantine);
    select.ifPresent(value -> Range.atLeastOne("select", value));
  }

  @Override
  public Measure measure() {
    return Measure.GRAM;
  }

  @Override
  public int fewest() {
    return Math.max(2 * byzantine + 3, select.map(m -> m + byzantine + 2).orElse(0));
  }

  @Override
  public String bound() {
    return "n >= 2 byzantine + 3 and n >= select + byzantine + 2";
  }

  @Override
  public Weighing weigh(Gram gram, double[] examples) {
    int n = examples.length;
    Rule.check(this, n);
    double[] scores = Krum.scores(gram, Krum.all(n), n - byzantine - 2);
    int[] order = Order.ascending(scores);
    int count = select.orElse(n - byzantine - 2);
    Set<Integer> selected = new HashSet<>();
    Arrays.stream(order).limit(count).forEach(selected::add);
    double last = scores[order[count - 1]];
    return Rule.weighing(
        n,
        i ->
            selected.contains(i)
                ? Weight.counted(1)
                : Weight.excluded(
                    "Krum score %.4g, the %d lowest end at %.4g", scores[i], count, last));
  }
}
