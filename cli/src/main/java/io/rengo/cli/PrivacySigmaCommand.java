package io.rengo.cli;

import io.rengo.cli.PrivacyTerms.AccountantName;
import io.rengo.core.privacy.Calibration;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What noise an epsilon needs.
@Command(
    name = "sigma",
    header = "What noise an epsilon needs.",
    description = "The smallest noise multiplier with which so many steps keep to an epsilon.",
    footerHeading = "%nExamples:%n",
    footer = "  rengo privacy sigma --epsilon 2 --sampling-rate 0.01 --steps 1000 --delta 1e-5")
final class PrivacySigmaCommand implements Callable<Integer> {
  @Mixin private PrivacyTerms terms = new PrivacyTerms();
  @Mixin private Options options = new Options();

  @Option(names = "--epsilon", required = true, description = "The epsilon to keep to.")
  private double epsilon;

  @Option(names = "--steps", required = true, description = "Number of rounds, or of steps.")
  private long steps;

  @Option(
      names = "--clip-norm",
      description = "The clipping norm, to give the noise itself too: sigma (${DEFAULT-VALUE}).")
  private double clipNorm = 1;

  @Option(
      names = "--accountant",
      paramLabel = "pld|rdp",
      description = "Which accountant's epsilon (${DEFAULT-VALUE}).")
  private AccountantName accountant = AccountantName.PLD;

  private final World world;

  PrivacySigmaCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    double noise =
        PrivacyTerms.checked(() ->
            new Calibration(terms.accountant(accountant))
                .noiseMultiplier(each -> terms.release(each, steps), epsilon, terms.delta));
    double spent =
        terms.accountant(accountant).epsilon(List.of(terms.release(noise, steps)), terms.delta);
    PrintWriter out = options.text(world).out();
    out.println("noise multiplier %.4f".formatted(noise));
    out.println(terms.text() + "; %d steps cost epsilon %.4f".formatted(steps, spent));
    out.flush();
    terms
        .answer()
        .with("steps", steps)
        .with("accountant", accountant.name().toLowerCase())
        .with("epsilon", spent)
        .with("noiseMultiplier", noise)
        .with("sigma", noise * clipNorm)
        .print(options, world);
    return ExitStatus.OK.number();
  }
}
