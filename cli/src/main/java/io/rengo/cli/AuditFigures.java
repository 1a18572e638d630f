package io.rengo.cli;

import io.rengo.core.privacy.Binomial;
import io.rengo.core.privacy.ScoreCounts;
import io.rengo.core.privacy.ScoreCounts.Found;
import io.rengo.protocol.AuditCounts;
import io.rengo.protocol.AuditReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The figures of an audit as they are shown.
///
/// @param attacks each attack that was tried
record AuditFigures(List<Attack> attacks) {
  /// Rates of false positives at which an attack is told.
  private static final double[] WRONG = {0.001, 0.01, 0.1};

  /// @param wrong the most false positives that were allowed
  /// @param rate share of the training rows that is found
  /// @param interval of it, at 95 %
  record Point(double wrong, double rate, Binomial.Interval interval, Found found) {
    private static Point of(ScoreCounts counts, double wrong) {
      Found found = counts.at(wrong);
      return new Point(wrong, found.rate(), found.interval(), found);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.4f (%.4f to %.4f) at %s %%",
          rate,
          interval.low(),
          interval.high(),
          Math.rint(wrong * 1000) / 10);
    }
  }

  /// @param name for people
  record Attack(String name, double auc, List<Point> points, ScoreCounts counts) {
    private static Attack of(String name, ScoreCounts counts) {
      List<Point> points = new ArrayList<>();
      for (double wrong : WRONG) {
        points.add(Point.of(counts, wrong));
      }
      return new Attack(name, counts.auc(), points, counts);
    }
  }

  static AuditFigures of(AuditReport report) {
    List<Attack> attacks = new ArrayList<>();
    attacks.add(Attack.of("loss threshold", report.counts().losses()));
    if (report.counts().shadows().at(1).members() > 0) {
      attacks.add(Attack.of("shadow models", report.counts().shadows()));
    }
    return new AuditFigures(List.copyOf(attacks));
  }

  /// The same for a terminal.
  List<String> lines(AuditReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "model %d of job %s, audited by %d members on %d training rows and %d others"
            .formatted(
                report.model().version(),
                report.job(),
                report.members(),
                report.counts().training().examples(),
                report.counts().others().examples()));
    for (Attack attack : attacks) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: area %.4f; finds %s",
              attack.name(),
              attack.auc(),
              String.join(", ", attack.points().stream().map(Point::toString).toList())));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "accuracy %.4f on training rows, %.4f on others",
            report.counts().training().accuracy().orElse(Double.NaN),
            report.counts().others().accuracy().orElse(Double.NaN)));
    report.counts().reading().map(AuditFigures::text).ifPresent(lines::add);
    report
        .findings()
        .forEach(finding -> lines.add((finding.holds() ? "kept    " : "BEYOND  ") + finding));
    lines.add(report.passed() ? "the model may be promoted" : "the model may not be promoted");
    return lines;
  }

  static String text(AuditCounts.Reading reading) {
    return "first updates: %d of %d training rows can be read off them, and %d of %d others seem to"
        .formatted(reading.read(), reading.rows(), reading.seeming(), reading.others());
  }

  /// The same in JSON.
  Answer answer(AuditReport report) {
    return new Answer()
        .with("job", report.job())
        .with("model", report.model())
        .with("members", report.members())
        .with("passed", report.passed())
        .with("findings", report.findings())
        .with(
            "attacks",
            attacks.stream()
                .map(attack ->
                    Map.of("name", attack.name(), "auc", attack.auc(), "points", attack.points()))
                .toList())
        .with("trainingAccuracy", optional(report.counts().training().accuracy()))
        .with("accuracy", optional(report.counts().others().accuracy()))
        .with("gap", report.gap())
        .with("reading", report.counts().reading())
        .with("limits", report.limits())
        .with("privacy", report.privacy());
  }

  private static Optional<Double> optional(java.util.OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }
}
