package io.rengo.lambdas;

import io.rengo.core.MetricSums;
import io.rengo.protocol.AcceptedUpdate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The members' evaluations of one model as one. Those of different numbers of classes do not add
/// up: then the number that most rows speak for counts, and the others are left out.
final class Evaluation {
  private Evaluation() {}

  /// The sum in the order of the updates, or empty where there are none.
  static Optional<MetricSums> sum(List<AcceptedUpdate> updates) {
    return updates.stream()
        .map(AcceptedUpdate::evaluation)
        .collect(
            Collectors.groupingBy(
                MetricSums::classes, TreeMap::new, Collectors.reducing(MetricSums::plus)))
        .values()
        .stream()
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(MetricSums::examples));
  }
}
