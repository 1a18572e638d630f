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
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;

/// `Attacks EXAMPLES uniform|dirichlet`: the digits, 15 members of whom 5 attack, every attack
/// against every rule, three seeds. Prints the table of the documentation: the accuracy of the last
/// model in percent, the mean of the seeds and half the distance of the highest and the lowest, and
/// in the last column how often a marked digit is taken for the mark's.
public final class Attacks {
  private static final int MEMBERS = 15;
  private static final int HOSTILE = 5;
  private static final int CLASSES = 10;
  private static final Mark MARK = new Mark(List.of(0, 7, 56, 63), 1, 0);
  private static final String JOB =
      """
      seed: %d
      model: {kind: mlp, layers: [64, 32, 10]}
      training: {trainer: dense, epochs: 3, batch-size: 16, optimizer: sgd, learning-rate: 0.2}
      rounds: {count: 15, quorum: 3, deadline: 2m}
      simulation:
        members: %d
        data: {format: csv, path: data/digits.csv.gz, normalise: {kind: scale, by: 0.0625}}
        partition: {kind: %s, alpha: 0.5, seed: %d, min-examples: 20}
      """;
  private static final long[] SEEDS = {7, 8, 9};

  private Attacks() {}

  public static void main(String[] arguments) {
    TrainerProvider dense =
        ServiceLoader.load(TrainerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.name().equals("dense"))
            .findFirst()
            .orElseThrow();
    List<Trial> trials =
        Arrays.stream(SEEDS)
            .mapToObj(seed ->
                new Trial(
                    JobFile.readTree(
                        JOB.formatted(seed, MEMBERS, arguments[1], 35 + seed), "attacks"),
                    Path.of(arguments[0]),
                    dense))
            .toList();
    List<String> rows = new ArrayList<>();
    rows.add(
        "| rule | " + String.join(" | ", attacks(HOSTILE).keySet()) + " | backdoor's success |");
    rows.add("| --- |" + " ---: |".repeat(attacks(HOSTILE).size() + 1));
    rules()
        .forEach((name, rule) -> {
          String row = row(trials, name, rule, rule.contains("bulyan") ? 3 : HOSTILE);
          System.err.println(row);
          rows.add(row);
        });
    rows.forEach(System.out::println);
  }

  private static String row(List<Trial> trials, String name, String rule, int hostile) {
    JsonNode aggregation = JobFile.readTree("{rule: " + rule + "}", name);
    List<String> cells = new ArrayList<>(List.of(name));
    List<Double> backdoors = List.of();
    for (Attack attack : attacks(hostile).values()) {
      boolean none = attack instanceof Attack.LabelFlip flip && flip.classes() == 1;
      List<Trial.Result> results =
          trials.stream().map(trial -> trial.run(aggregation, none ? 0 : hostile, attack)).toList();
      cells.add(percent(results.stream().map(Trial.Result::accuracy).toList()));
      List<Double> rates = results.stream().flatMap(result -> result.backdoor().stream()).toList();
      backdoors = rates.isEmpty() ? backdoors : rates;
    }
    List<Double> clean =
        trials.stream().map(trial -> trial.backdoorRate(aggregation, MARK)).toList();
    cells.add(percent(backdoors) + " (" + percent(clean) + ")");
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String percent(List<Double> shares) {
    DoubleSummaryStatistics all =
        shares.stream().mapToDouble(share -> 100 * share).summaryStatistics();
    return String.format(
        Locale.ROOT, "%.1f ±%.1f", all.getAverage(), (all.getMax() - all.getMin()) / 2);
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
