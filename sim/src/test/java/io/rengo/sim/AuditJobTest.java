package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.agent.Examples;
import io.rengo.agent.MemberData;
import io.rengo.core.SplitMix64;
import io.rengo.protocol.AuditCounts;
import io.rengo.protocol.AuditReport;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A job that audits its last model, by the real state machines and agents. A third of the rows
/// have a wrong label, which a model can only know by heart: trained long, it does; the same
/// training with noise does not.
class AuditJobTest {
  private static final int WIDTH = 20;
  private static final String JOB =
      """
      model: {kind: mlp, layers: [20, 64, 2]}
      training: {trainer: dense, epochs: 30, batch-size: 10, learning-rate: 0.1}
      rounds: {count: 4, quorum: 3, deadline: 60s}
      audit: {shadows: 8, max-tpr-at-1-percent: 0.1, max-auc: 0.6, max-gap: 0.15, beside-privacy: true}
      """;
  private static final String NOISE =
      "privacy: {mechanism: dp-sgd, epsilon: 12, delta: 0.0001, noise-multiplier: 8, clip-norm: 0.5}";

  private record Outcome(List<RoundReport> rounds, AuditReport audit) {}

  private static Outcome run(String job, int training) {
    List<RoundReport> rounds = new ArrayList<>();
    SimulationConfig config =
        new SimulationConfig(
            Optional.empty(),
            new Federation("test"),
            List.of("a", "b", "c"),
            SmallJob.trainers(),
            member -> () -> new MemberData(rows(member, training), rows(member + "'", 200)),
            2);
    try (Simulation simulation = new Simulation(config)) {
      JsonNode input = Json.MAPPER.createObjectNode().set("file", JobFile.readTree(job, "job"));
      assertThat(simulation.run("audited", input, rounds::add))
          .isInstanceOf(Workflow.Status.Succeeded.class);
      String key = new ObjectKeys("audited").audit();
      return new Outcome(
          rounds,
          Json.read(
              simulation.ports().objects().get(key).orElseThrow().content(),
              AuditReport.class,
              key));
    }
  }

  private static Examples rows(String name, int count) {
    SplitMix64 random = SplitMix64.derive(1, name);
    float[] features = new float[count * WIDTH];
    float[] targets = new float[count];
    for (int row = 0; row < count; row++) {
      int label = random.nextInt(2);
      targets[row] = random.nextInt(3) == 0 ? 1 - label : label;
      for (int i = 0; i < WIDTH; i++) {
        features[row * WIDTH + i] = (float) (random.nextGaussian() + (i < 4 ? label - 0.5 : 0));
      }
    }
    return new Examples(count, WIDTH, features, targets);
  }

  @Test
  void overfittedModel_isCaught() {
    Outcome outcome = run(JOB, 100);
    AuditReport audit = outcome.audit();
    RoundReport last = outcome.rounds().getLast();
    assertThat(last.purpose()).isEqualTo(Purpose.AUDIT);
    assertThat(last.reason().orElse("")).startsWith("PROMOTION_REFUSED");
    assertThat(audit.members()).isEqualTo(3);
    assertThat(audit.counts().training().examples()).isEqualTo(300);
    assertThat(audit.counts().others().examples()).isEqualTo(600);
    assertThat(audit.beyond().stream().map(AuditReport.Finding::limit))
        .contains("max-auc", "max-gap");
    assertThat(audit.counts().shadows().auc()).isGreaterThan(0.6);
    assertThat(audit.counts().reading().map(AuditCounts.Reading::rows)).contains(300L);
  }

  @Test
  void sameTrainingWithNoise_passes() {
    Outcome outcome = run(JOB + NOISE, 100);
    assertThat(outcome.rounds().getLast().accuracy()).isEmpty();
    assertThat(outcome.audit().beyond()).isEmpty();
    assertThat(outcome.audit().passed()).isTrue();
  }

  @Test
  void firstUpdateOfFewRowsInOneStep_isRead() {
    Outcome outcome =
        run(
            JOB.replace("epochs: 30, batch-size: 10", "epochs: 1, batch-size: 8")
                .replace("layers: [20, 64, 2]", "layers: [20, 2048, 2]")
                .replace("shadows: 8", "shadows: 0, max-read: 0"),
            8);
    assertThat(outcome.audit().beyond().stream().map(AuditReport.Finding::limit))
        .contains("max-read");
    assertThat(outcome.audit().counts().reading())
        .hasValueSatisfying(reading -> {
          assertThat(reading.read()).isGreaterThan(20);
          assertThat(reading.seeming()).isZero();
        });
  }
}
