package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.core.MetricSums;
import io.rengo.core.privacy.ScoreCounts;
import io.rengo.protocol.AuditCounts;
import io.rengo.protocol.AuditReport;
import io.rengo.protocol.AuditSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The report of an audit, and the gate before a model is promoted.
class ModelAuditCommandTest {
  @TempDir Path folder;
  private final Deployment deployment = new Deployment();
  private final ObjectKeys keys = new ObjectKeys("trial");
  private Shell shell = new Shell(Path.of("."));

  @BeforeEach
  void completedJob() {
    shell = new Shell(folder).over(deployment);
    deployment.begin("trial");
    deployment.putModel("trial", 0);
    deployment.putModel("trial", 1);
    deployment.end("trial", Progress.State.COMPLETED, "done");
  }

  /// @param known how much surer the model is of its training rows
  private void audited(double known) {
    double[] others = IntStream.range(0, 1000).mapToDouble(i -> i / 500.0 - 1).toArray();
    double[] members = IntStream.range(0, 500).mapToDouble(i -> i / 250.0 - 1 + known).toArray();
    ScoreCounts scores = ScoreCounts.of(members, others);
    AuditReport report =
        new AuditReport(
            "trial",
            Models.latest(deployment.ports.objects(), "trial").orElseThrow(),
            5,
            new AuditCounts(
                metrics(500, 490),
                metrics(1000, 900),
                scores,
                scores,
                Optional.of(new AuditCounts.Reading(500, 3, 1000, 0))),
            new AuditSpec(
                16,
                Optional.empty(),
                Duration.ofHours(1),
                Optional.of(0.1),
                Optional.empty(),
                Optional.of(0.6),
                Optional.of(0.2),
                Optional.empty(),
                false),
            Optional.empty());
    deployment.ports.objects().putOnce(keys.audit(), Json.bytes(report));
  }

  private static MetricSums metrics(long rows, long right) {
    return new MetricSums(rows, 1, 0, new long[][] {{right, rows - right}, {0, 0}});
  }

  @Test
  void model_thatRemembersLittle_isReportedAndPromoted() {
    audited(0);
    Shell.Result audit = shell.run("model", "audit", "trial", "--on", "aws", "--to", "out");
    Shell.Result promoted = shell.run("model", "promote", "trial", "--on", "aws");
    assertThat(audit.status()).isZero();
    assertThat(audit.out()).contains("loss threshold").contains("the model may be promoted");
    assertThat(folder.resolve("out/trial-audit.html"))
        .content()
        .contains("data:image/png;base64", "may be promoted", "3 of 500 training rows");
    assertThat(folder.resolve("out/trial-audit.json")).content().contains("\"passed\" : true");
    assertThat(promoted.status()).isZero();
    assertThat(
            Json.read(
                    deployment.ports.objects().get(keys.promotedModel()).orElseThrow().content(),
                    ModelRef.class,
                    "promoted")
                .version())
        .isEqualTo(1);
  }

  @Test
  void model_thatRemembersMore_isNotPromoted() {
    audited(1.5);
    Shell.Result audit = shell.run("model", "audit", "trial", "--on", "aws", "--format", "json");
    Shell.Result promoted = shell.run("model", "promote", "trial", "--on", "aws", "--unaudited");
    assertThat(audit.status()).isEqualTo(ExitStatus.FAILED.number());
    assertThat(audit.json().at("/passed").asBoolean(true)).isFalse();
    assertThat(audit.json().at("/attacks/0/points/1/rate").asDouble()).isGreaterThan(0.5);
    assertThat(promoted.status()).isEqualTo(ExitStatus.FAILED.number());
    assertThat(promoted.err()).contains("PROMOTION_REFUSED").contains("max-auc");
    assertThat(deployment.ports.objects().get(keys.promotedModel())).isEmpty();
  }

  @Test
  void model_thatNobodyAudited_isPromotedOnlyWhereItIsSaid() {
    assertThat(shell.run("model", "audit", "trial", "--on", "aws").err())
        .contains("PROMOTION_REFUSED");
    assertThat(shell.run("model", "promote", "trial", "--on", "aws").status())
        .isEqualTo(ExitStatus.FAILED.number());
    assertThat(shell.run("model", "promote", "trial", "--on", "aws", "--unaudited").status())
        .isZero();
  }

  @Test
  void laterModel_thanTheOneAudited_isNotPromoted() {
    audited(0);
    deployment.putModel("trial", 2);
    assertThat(shell.run("model", "promote", "trial", "--on", "aws").err())
        .contains("version 1 was audited, the last is 2");
  }
}
