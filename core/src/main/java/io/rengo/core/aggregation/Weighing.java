package io.rengo.core.aggregation;

import java.util.Collections;
import java.util.List;

/// What each row of a matrix counts in the aggregate.
///
/// @param updates one weight per update, in the order of the rows
/// @param references one coefficient per reference row, none where no rule folds them
public record Weighing(List<Weight> updates, List<Double> references) {
  public Weighing {
    updates = List.copyOf(updates);
    references = List.copyOf(references);
  }

  /// A weighing in which the references count nothing.
  public static Weighing of(List<Weight> updates) {
    return new Weighing(updates, List.of());
  }

  /// A weighing in which every update has the same share.
  static Weighing equal(int updates) {
    return of(Collections.nCopies(updates, Weight.counted(1)));
  }

  /// The divisor of the sum.
  public double totalShare() {
    return updates.stream().mapToDouble(Weight::share).sum();
  }
}
