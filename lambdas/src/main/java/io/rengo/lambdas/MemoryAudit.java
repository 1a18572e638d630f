package io.rengo.lambdas;

import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.AuditCounts;
import io.rengo.protocol.AuditReport;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Adds up what members found that the last model remembers of their data. Counts of models with
/// other numbers of classes than the first do not add up and are left out.
final class MemoryAudit {
  private final Ports ports;
  private final Job job;

  MemoryAudit(Ports ports, Job job) {
    this.ports = ports;
    this.job = job;
  }

  /// Stores the report once, where the answers are those of an audit.
  void record(List<AcceptedUpdate> answers) {
    List<AuditCounts> counts =
        answers.stream().map(AcceptedUpdate::audit).flatMap(Optional::stream).toList();
    if (counts.isEmpty()) {
      return;
    }
    int classes = counts.getFirst().training().classes();
    List<AuditCounts> alike =
        counts.stream().filter(each -> each.training().classes() == classes).toList();
    Job.putOnce(
        ports.objects(),
        job.keys().audit(),
        new AuditReport(
            job.id(),
            Job.progress(ports, job.id()).model(),
            alike.size(),
            alike.stream().reduce(AuditCounts::plus).orElseThrow(),
            job.spec().audit().orElseThrow(),
            job.spec().privacy()),
        AuditReport.class);
  }

  /// What the report of a round of this purpose says of the audit.
  Optional<String> verdict(Purpose purpose) {
    String key = job.keys().audit();
    return purpose == Purpose.AUDIT
        ? ports
            .objects()
            .get(key)
            .map(object -> verdict(Json.read(object.content(), AuditReport.class, key)))
        : Optional.empty();
  }

  private static String verdict(AuditReport report) {
    return report.passed()
        ? "the audit found nothing beyond the job's limits"
        : "%s: the model may not be promoted: %s"
            .formatted(
                ErrorCode.PROMOTION_REFUSED,
                report.beyond().stream()
                    .map(AuditReport.Finding::toString)
                    .collect(Collectors.joining("; ")));
  }
}
