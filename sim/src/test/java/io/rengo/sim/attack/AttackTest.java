package io.rengo.sim.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.aggregation.Decision;
import io.rengo.core.attack.InnerProduct;
import io.rengo.core.attack.LittleIsEnough;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.UpdateScore;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Digits, a third of 15 members hostile.
class AttackTest {
  private static final int HOSTILE = 5;
  private static final Mark MARK = new Mark(List.of(0, 7, 56, 63), 1, 0);
  private static final String JOB =
      """
      seed: 7
      model: {kind: mlp, layers: [64, 32, 10]}
      training: {trainer: dense, epochs: 3, batch-size: 16, optimizer: sgd, learning-rate: 0.2}
      rounds: {count: 6, quorum: 3, deadline: 2m}
      simulation:
        members: 15
        data: {format: csv, path: data/digits.csv.gz, normalise: {kind: scale, by: 0.0625}}
        partition: {kind: uniform, seed: 42}
      """;

  private static Trial trial;
  private static double undisturbed;

  @BeforeAll
  static void runUndisturbed() {
    TrainerProvider dense =
        ServiceLoader.load(TrainerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.name().equals("dense"))
            .findFirst()
            .orElseThrow();
    Path examples = Path.of(System.getProperty("rengo.root", "..")).resolve("examples");
    trial = new Trial(JobFile.readTree(JOB, "attack test"), examples, dense);
    undisturbed = trial.run(rule("{name: mean}")).accuracy();
  }

  private static JsonNode rule(String rule) {
    return JobFile.readTree("{rule: " + rule + "}", "rule");
  }

  private static List<Attack> strong() {
    return List.of(
        new Attack.SignFlip(4),
        new Attack.Replacement(10, 15),
        new Attack.Reversal(new InnerProduct(3)));
  }

  @Test
  void the_mean_fails() {
    assertThat(undisturbed).isGreaterThan(0.85);
    for (Attack attack : strong()) {
      assertThat(trial.run(rule("{name: mean}"), HOSTILE, attack).accuracy())
          .as("%s", attack)
          .isLessThan(0.3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: median, byzantine: 5}",
        "{name: trimmed-mean, trim: 5}",
        "{name: multi-krum, byzantine: 5}",
        "{name: geometric-median, byzantine: 5}",
        "{name: flame, byzantine: 5}",
        "{name: fltrust, root: member-001}"
      })
  void robust_rules_hold(String rule) {
    for (Attack attack : strong()) {
      assertThat(trial.run(rule(rule), HOSTILE, attack).accuracy())
          .as("%s", attack)
          .isGreaterThan(undisturbed - 0.08);
    }
  }

  @Test
  void a_little_is_not_enough_for_the_median_of_fifteen() {
    Attack attack = new Attack.Stealth(new LittleIsEnough(15, HOSTILE));
    assertThat(trial.run(rule("{name: median, byzantine: 5}"), HOSTILE, attack).accuracy())
        .isGreaterThan(undisturbed - 0.08);
  }

  @Test
  void foolsgold_holds_against_sybils_only() {
    assertThat(trial.run(rule("{name: foolsgold}"), HOSTILE, new Attack.Sybils(10)).accuracy())
        .isGreaterThan(undisturbed - 0.08);
  }

  @Test
  void a_backdoor_gets_into_the_mean_and_not_through_clipping_and_trimming() {
    Attack backdoor = new Attack.Backdoor(MARK, 3);
    assertThat(trial.run(rule("{name: mean}"), HOSTILE, backdoor).backdoor().orElseThrow())
        .isGreaterThan(0.9);
    String trimmed = "{name: trimmed-mean, trim: 5}";
    double clean = trial.backdoorRate(rule(trimmed), MARK);
    assertThat(trial.run(rule(trimmed), HOSTILE, backdoor).backdoor().orElseThrow())
        .isLessThanOrEqualTo(clean + 0.05);
  }

  @Test
  void the_report_names_the_hostile_members() {
    JsonNode filtered =
        JobFile.readTree("{rule: {name: mean}, filter: {norm-z: 3.5, cosine: 0}}", "filter");
    Trial.Result result = trial.run(filtered, HOSTILE, new Attack.SignFlip(4));
    assertThat(result.accuracy()).isGreaterThan(undisturbed - 0.05);
    assertThat(result.reports().getFirst().scores())
        .filteredOn(score -> score.decision() == Decision.EXCLUDED)
        .extracting(UpdateScore::member)
        .containsExactly("member-011", "member-012", "member-013", "member-014", "member-015");
  }
}
