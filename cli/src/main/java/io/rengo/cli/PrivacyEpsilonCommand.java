package io.rengo.cli;

import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.PldAccountant;
import io.rengo.core.privacy.RdpAccountant;
import io.rengo.core.privacy.SampledGaussian;
import io.rengo.core.privacy.Zcdp;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What so many rounds cost.
@Command(
    name = "epsilon",
    header = "What so many rounds cost.",
    description =
        "Epsilon of so many releases of a sum with Gaussian noise, by every accountant: pld is the"
            + " tightest, and what a job is charged.",
    footerHeading = "%nExamples:%n",
    footer =
        "  rengo privacy epsilon --sampling-rate 0.01 --noise-multiplier 1.1 --steps 1000 --delta"
            + " 1e-5%n"
            + "  rengo privacy epsilon --turns 16 --noise-multiplier 8 --steps 64 --delta 1e-5")
final class PrivacyEpsilonCommand implements Callable<Integer> {
  @Mixin private PrivacyTerms terms = new PrivacyTerms();
  @Mixin private Options options = new Options();

  @Option(
      names = "--noise-multiplier",
      required = true,
      description = "Standard deviation of the noise over the clipping norm.")
  private double noiseMultiplier;

  @Option(names = "--steps", required = true, description = "Number of rounds, or of steps.")
  private long steps;

  private final World world;

  PrivacyEpsilonCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    List<SampledGaussian> releases =
        PrivacyTerms.checked(() -> List.of(terms.release(noiseMultiplier, steps)));
    double delta = terms.delta;
    double pld =
        PrivacyTerms.checked(() -> new PldAccountant(terms.adjacency).epsilon(releases, delta));
    double atLeast =
        new PldAccountant(terms.adjacency, PldAccountant.Bound.BELOW).epsilon(releases, delta);
    double rdp = new RdpAccountant(terms.adjacency).epsilon(releases, delta);
    Optional<Double> zcdp =
        terms.samplingRate == 1 ? Optional.of(zcdp(releases.getFirst(), delta)) : Optional.empty();
    PrintWriter out = options.text(world).out();
    out.println(
        "epsilon %.4f  by privacy loss distributions (at least %.4f)".formatted(pld, atLeast));
    out.println("        %.4f  by Rényi divergences".formatted(rdp));
    zcdp.ifPresent(value -> out.println("        %.4f  by zCDP".formatted(value)));
    out.println(
        terms.text() + "; %d steps with noise multiplier %s".formatted(steps, noiseMultiplier));
    out.flush();
    terms
        .answer()
        .with("noiseMultiplier", noiseMultiplier)
        .with("steps", steps)
        .with("pld", pld)
        .with("pldAtLeast", atLeast)
        .with("rdp", rdp)
        .with("zcdp", zcdp)
        .print(options, world);
    return ExitStatus.OK.number();
  }

  private double zcdp(SampledGaussian release, double delta) {
    double distance = terms.adjacency == Adjacency.REPLACE ? 2 : 1;
    return Zcdp.epsilon(release.steps() * Zcdp.rho(release.noiseMultiplier() / distance), delta);
  }
}
