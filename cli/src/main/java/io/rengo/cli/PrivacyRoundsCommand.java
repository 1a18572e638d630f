package io.rengo.cli;

import io.rengo.cli.PrivacyTerms.AccountantName;
import io.rengo.core.privacy.Calibration;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How many rounds an epsilon pays for.
@Command(
    name = "rounds",
    header = "How many rounds an epsilon pays for.",
    description = "The most rounds, or steps, that keep to an epsilon.",
    footerHeading = "%nExamples:%n",
    footer =
        "  rengo privacy rounds --epsilon 2 --sampling-rate 0.01 --noise-multiplier 1.1 --delta"
            + " 1e-5")
final class PrivacyRoundsCommand implements Callable<Integer> {
  @Mixin private PrivacyTerms terms = new PrivacyTerms();
  @Mixin private Options options = new Options();

  @Option(names = "--epsilon", required = true, description = "The epsilon to keep to.")
  private double epsilon;

  @Option(
      names = "--noise-multiplier",
      required = true,
      description = "Standard deviation of the noise over the clipping norm.")
  private double noiseMultiplier;

  @Option(
      names = "--accountant",
      paramLabel = "pld|rdp",
      description = "Which accountant's epsilon (${DEFAULT-VALUE}).")
  private AccountantName accountant = AccountantName.PLD;

  private final World world;

  PrivacyRoundsCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    long rounds =
        PrivacyTerms.checked(() ->
            new Calibration(terms.accountant(accountant))
                .steps(
                    steps -> terms.release(noiseMultiplier, steps),
                    terms.mostSteps(),
                    epsilon,
                    terms.delta));
    double spent =
        terms
            .accountant(accountant)
            .epsilon(List.of(terms.release(noiseMultiplier, rounds)), terms.delta);
    PrintWriter out = options.text(world).out();
    out.println("%d rounds".formatted(rounds));
    out.println(terms.text() + "; they cost epsilon %.4f".formatted(spent));
    out.flush();
    terms
        .answer()
        .with("noiseMultiplier", noiseMultiplier)
        .with("accountant", accountant.name().toLowerCase())
        .with("epsilon", spent)
        .with("rounds", rounds)
        .print(options, world);
    return ExitStatus.OK.number();
  }
}
