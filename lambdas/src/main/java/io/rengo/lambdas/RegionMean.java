package io.rengo.lambdas;

import io.rengo.core.MetricSums;
import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RegionSum;
import io.rengo.protocol.RoundReport.Outcome;
import java.util.List;

/// Stores what a region sends of a round beside its mean: sums over the updates in it.
final class RegionMean {
  private RegionMean() {}

  static void store(
      Ports ports,
      Job job,
      int round,
      Outcome outcome,
      List<AcceptedUpdate> counted,
      String reason) {
    if (!job.region()) {
      return;
    }
    double examples = counted.stream().mapToDouble(AcceptedUpdate::examples).sum();
    double loss = counted.stream().mapToDouble(u -> u.loss() * u.examples()).sum();
    RegionSum sum =
        new RegionSum(
            outcome,
            counted.size(),
            counted.stream().mapToLong(update -> weight(job, outcome, update)).sum(),
            counted.stream().mapToLong(AcceptedUpdate::steps).sum(),
            examples > 0 ? loss / examples : 0,
            Evaluation.sum(counted).orElse(MetricSums.ZERO),
            reason);
    ports.objects().putOnce(job.keys().regionSum(round), Json.bytes(sum));
  }

  /// As the mean weighs it; an evaluation is of all that it was made on.
  private static long weight(Job job, Outcome outcome, AcceptedUpdate update) {
    return outcome == Outcome.PUBLISHED
        ? Math.min(update.examples(), job.spec().mostExamples())
        : update.examples();
  }
}
