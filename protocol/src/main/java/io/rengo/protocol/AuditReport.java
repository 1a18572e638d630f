package io.rengo.protocol;

import io.rengo.core.privacy.ScoreCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the members' audits of a job's last model found together.
///
/// @param model that was audited
/// @param members how many answered
/// @param counts sums of theirs
/// @param limits of the job
/// @param privacy that the job promised
public record AuditReport(
    String job,
    ModelRef model,
    int members,
    AuditCounts counts,
    AuditSpec limits,
    Optional<PrivacySpec> privacy) {
  /// One of the job's limits and what stands against it.
  ///
  /// @param found empty where there was nothing to measure it by: then it does not hold
  public record Finding(String limit, double most, Optional<Double> found) {
    /// Whether the model keeps the limit.
    public boolean holds() {
      return found.filter(value -> value <= most).isPresent();
    }

    @Override
    public String toString() {
      return "%s %s, at most %s"
          .formatted(
              limit,
              found.map(value -> String.format(Locale.ROOT, "%.4f", value)).orElse("not measured"),
              most);
    }
  }

  /// Accuracy on training rows less that on others; empty for a regression, or without rows.
  public Optional<Double> gap() {
    OptionalDouble in = counts.training().accuracy();
    OptionalDouble out = counts.others().accuracy();
    return in.isPresent() && out.isPresent()
        ? Optional.of(in.getAsDouble() - out.getAsDouble())
        : Optional.empty();
  }

  /// The limits, in the order of the job file, with what was found.
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    limits
        .maxTprAt1Percent()
        .ifPresent(most -> findings.add(finding("max-tpr-at-1-percent", most, rate(0.01))));
    limits
        .maxTprAt01Percent()
        .ifPresent(most -> findings.add(finding("max-tpr-at-01-percent", most, rate(0.001))));
    limits.maxAuc().ifPresent(most -> findings.add(finding("max-auc", most, auc())));
    limits.maxGap().ifPresent(most -> findings.add(finding("max-gap", most, gap())));
    limits
        .maxRead()
        .ifPresent(most ->
            findings.add(
                finding("max-read", most, counts.reading().map(AuditCounts.Reading::share))));
    return findings;
  }

  /// The limits that the model does not keep.
  public List<Finding> beyond() {
    return findings().stream().filter(finding -> !finding.holds()).toList();
  }

  /// Whether the model may be promoted.
  public boolean passed() {
    return beyond().isEmpty();
  }

  private static Finding finding(String limit, double most, Optional<Double> found) {
    return new Finding(limit, most, found);
  }

  /// What the better of the attacks finds.
  private Optional<Double> rate(double wrong) {
    return measured()
        ? Optional.of(Math.max(counts.losses().at(wrong).rate(), counts.shadows().at(wrong).rate()))
        : Optional.empty();
  }

  private Optional<Double> auc() {
    return measured()
        ? Optional.of(Math.max(counts.losses().auc(), counts.shadows().auc()))
        : Optional.empty();
  }

  private boolean measured() {
    ScoreCounts.Found all = counts.losses().at(1);
    return all.members() > 0 && all.others() > 0;
  }
}
