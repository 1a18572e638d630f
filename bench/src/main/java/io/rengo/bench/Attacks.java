package io.rengo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.attack.InnerProduct;
import io.rengo.core.attack.LittleIsEnough;
import io.rengo.protocol.JobFile;
import io.rengo.sim.attack.Attack;
import io.rengo.sim.attack.Mark;
import io.rengo.sim.attack.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;

/// `Attacks EXAMPLES`: the digits, 15 members of whom 5 attack, every attack against every rule.
/// Prints the table of the documentation: the accuracy of the last model in percent, and in the
/// last row how often a marked digit is taken for the mark's.
public final class Attacks {
  private static final int MEMBERS = 15;
  private static final int HOSTILE = 5;
  private static final int CLASSES = 10;
  private static final Mark MARK = new Mark(List.of(0, 7, 56, 63), 1, 0);
  private static final String JOB =
      """
      seed: 7
      model: {kind: mlp, layers: [64, 32, 10]}
      training: {trainer: dense, epochs: 3, batch-size: 16, optimizer: sgd, learning-rate: 0.2}
      rounds: {count: 15, quorum: 3, deadline: 2m}
      simulation:
        members: %d
        data: {format: csv, path: data/digits.csv.gz, normalise: {kind: scale, by: 0.0625}}
        partition: {kind: uniform, seed: 42}
      """
          .formatted(MEMBERS);

  private Attacks() {}

  public static void main(String[] arguments) {
    TrainerProvider dense =
        ServiceLoader.load(TrainerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.name().equals("dense"))
            .findFirst()
            .orElseThrow();
    Trial trial = new Trial(JobFile.readTree(JOB, "attacks"), Path.of(arguments[0]), dense);
    List<String> rows = new ArrayList<>();
    rows.add(
        "| rule | " + String.join(" | ", attacks(HOSTILE).keySet()) + " | backdoor's success |");
    rows.add("| --- |" + " ---: |".repeat(attacks(HOSTILE).size() + 1));
    rules()
        .forEach((name, rule) -> {
          String row = row(trial, name, rule, rule.contains("bulyan") ? 3 : HOSTILE);
          System.err.println(row);
          rows.add(row);
        });
    rows.forEach(System.out::println);
  }

  private static String row(Trial trial, String name, String rule, int hostile) {
    JsonNode aggregation = JobFile.readTree("{rule: " + rule + "}", name);
    List<String> cells = new ArrayList<>(List.of(name));
    String backdoor = "";
    for (Attack attack : attacks(hostile).values()) {
      boolean none = attack instanceof Attack.LabelFlip flip && flip.classes() == 1;
      Trial.Result result = trial.run(aggregation, none ? 0 : hostile, attack);
      cells.add(percent(result.accuracy()));
      backdoor = result.backdoor().map(Attacks::percent).orElse(backdoor);
    }
    cells.add(backdoor + " (" + percent(trial.backdoorRate(aggregation, MARK)) + ")");
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static Map<String, Attack> attacks(int hostile) {
    Map<String, Attack> attacks = new LinkedHashMap<>();
    attacks.put("none", new Attack.LabelFlip(1));
    attacks.put("label flip", new Attack.LabelFlip(CLASSES));
    attacks.put("sign flip x4", new Attack.SignFlip(4));
    attacks.put("Gaussian 1", new Attack.Gaussian(1));
    attacks.put("replacement x15", new Attack.Replacement(CLASSES, MEMBERS));
    attacks.put("ALIE", new Attack.Stealth(new LittleIsEnough(MEMBERS, hostile)));
    attacks.put("IPM 3", new Attack.Reversal(new InnerProduct(3)));
    attacks.put("free riders", new Attack.FreeRider());
    attacks.put("sybils", new Attack.Sybils(CLASSES));
    attacks.put("backdoor x3", new Attack.Backdoor(MARK, 3));
    return attacks;
  }

  private static Map<String, String> rules() {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put("mean", "{name: mean}");
    rules.put("mean, filtered", "{name: mean}, filter: {norm-z: 3.5, cosine: 0}");
    rules.put("norm-clipped mean", "{name: norm-clipped-mean}");
    rules.put("median", "{name: median, byzantine: 5}");
    rules.put("trimmed mean", "{name: trimmed-mean, trim: 5}");
    rules.put("Krum", "{name: krum, byzantine: 5}");
    rules.put("Multi-Krum", "{name: multi-krum, byzantine: 5}");
    rules.put("Bulyan, 3 hostile", "{name: bulyan, byzantine: 3}");
    rules.put("geometric median", "{name: geometric-median, byzantine: 5}");
    rules.put("centered clipping", "{name: centered-clipping, tau: 0.3, iterations: 3}");
    rules.put("FLTrust", "{name: fltrust, root: member-001}");
    rules.put("FoolsGold", "{name: foolsgold}");
    rules.put("FLAME", "{name: flame, byzantine: 5}");
    rules.put("sign majority", "{name: sign-majority, byzantine: 5, step: 0.02}");
    return rules;
  }
}
