package io.rengo.cli;

import io.rengo.protocol.ModelRef;
import io.rengo.protocol.RoundReport;
import java.util.List;
import java.util.Optional;

/// What a job came to, as `run`, `demo` and `watch` answer it.
final class RunAnswer {
  private RunAnswer() {}

  static Answer of(JobState state, List<RoundReport> reports) {
    return new Answer()
        .with("job", state.job())
        .with("state", state.state())
        .with("reason", state.reason())
        .with("rounds", state.rounds())
        .with("accuracy", state.accuracy())
        .with("loss", lastLoss(reports))
        .with("modelHash", lastModel(reports).map(ModelRef::hash));
  }

  private static Optional<Double> lastLoss(List<RoundReport> reports) {
    return reports.reversed().stream().flatMap(report -> report.loss().stream()).findFirst();
  }

  private static Optional<ModelRef> lastModel(List<RoundReport> reports) {
    return reports.isEmpty() ? Optional.empty() : Optional.of(reports.getLast().model());
  }
}
