package io.rengo.cli;

import io.rengo.core.privacy.Accountant;
import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.PldAccountant;
import io.rengo.core.privacy.RdpAccountant;
import io.rengo.core.privacy.SampledGaussian;
import io.rengo.core.privacy.TreeCost;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/// What an epsilon means: the options of every question about privacy.
final class PrivacyTerms {
  /// Whose data an epsilon protects.
  enum Unit {
    CLIENT,
    EXAMPLE
  }

  /// Which accountant decides.
  enum AccountantName {
    PLD,
    RDP
  }

  @Option(
      names = "--delta",
      required = true,
      description = "The delta of (epsilon, delta): well below one over the number of units.")
  double delta;

  @Option(
      names = "--sampling-rate",
      description =
          "Probability with which each unit, by itself, takes part in a round or step (Poisson"
              + " sampling). 1, the default, claims no amplification.")
  double samplingRate = 1;

  @Option(
      names = "--unit",
      paramLabel = "client|example",
      description = "Whose data the epsilon protects (${DEFAULT-VALUE}).")
  Unit unit = Unit.CLIENT;

  @Option(
      names = "--adjacency",
      paramLabel = "add-remove|replace",
      converter = AdjacencyWord.class,
      description = "Which data sets are neighbours (add-remove).")
  Adjacency adjacency = Adjacency.ADD_REMOVE;

  @Option(
      names = "--turns",
      paramLabel = "ROUNDS",
      description =
          "With the mechanism tree: each unit takes part in one of every so many rounds, and steps"
              + " are rounds.")
  private int turns;

  @Option(
      names = "--restart",
      paramLabel = "ROUNDS",
      description = "With --turns: rounds of one tree; those of a cycle of turns if left out.")
  private int restart;

  static final class AdjacencyWord implements ITypeConverter<Adjacency> {
    @Override
    public Adjacency convert(String word) {
      return Adjacency.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  Accountant accountant(AccountantName name) {
    return switch (name) {
      case PLD -> new PldAccountant(adjacency);
      case RDP -> new RdpAccountant(adjacency);
    };
  }

  /// What so many steps release.
  SampledGaussian release(double noiseMultiplier, long steps) {
    if (turns == 0 && restart == 0) {
      return new SampledGaussian(samplingRate, noiseMultiplier, steps);
    }
    if (sampled()) {
      throw new IllegalArgumentException(
          "turns are not drawn by chance: leave --sampling-rate out");
    }
    return tree().rounds(steps, noiseMultiplier);
  }

  /// The most steps that a question may be about.
  long mostSteps() {
    return turns == 0 ? 1L << 30 : TreeCost.MOST_ROUNDS;
  }

  private TreeCost tree() {
    return new TreeCost(turns, restart == 0 ? turns : restart);
  }

  /// The terms, in an answer in JSON.
  Answer answer() {
    Answer answer =
        new Answer()
            .with("unit", word(unit))
            .with("adjacency", word(adjacency))
            .with("delta", delta)
            .with("sampling", sampled() ? "poisson" : turns > 0 ? "turns" : "none")
            .with("samplingRate", samplingRate);
    return turns > 0 ? answer.with("turns", turns).with("restart", tree().restart()) : answer;
  }

  /// The terms, in words.
  String text() {
    return "per %s, %s, delta %s, %s"
        .formatted(
            word(unit),
            word(adjacency),
            delta,
            sampled()
                ? "Poisson sampling with rate " + samplingRate
                : turns > 0
                    ? "turns of %d rounds with trees of %d".formatted(turns, tree().restart())
                    : "without amplification by sampling");
  }

  private boolean sampled() {
    return samplingRate < 1;
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Numbers that cannot be are the caller's mistake.
  static <T> T checked(Supplier<T> computation) {
    try {
      return computation.get();
    } catch (IllegalArgumentException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          String.valueOf(e.getMessage()),
          "options of rengo privacy",
          "Give a number within the bound; --help names the options",
          e);
    }
  }
}
