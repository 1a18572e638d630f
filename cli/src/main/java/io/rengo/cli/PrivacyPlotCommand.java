package io.rengo.cli;

import io.rengo.core.privacy.Accountant;
import io.rengo.core.privacy.PldAccountant;
import io.rengo.core.privacy.RdpAccountant;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Epsilon over rounds, as a picture.
@Command(
    name = "plot",
    header = "Epsilon over rounds, as a picture.",
    description = "Draws what a job has spent after each of its rounds, by each accountant.",
    footerHeading = "%nExamples:%n",
    footer =
        "  rengo privacy plot --sampling-rate 0.01 --noise-multiplier 1.1 --steps 1000 --delta 1e-5"
            + " --to epsilon.png")
final class PrivacyPlotCommand implements Callable<Integer> {
  private static final int POINTS = 40;

  @Mixin private PrivacyTerms terms = new PrivacyTerms();
  @Mixin private Options options = new Options();

  @Option(
      names = "--noise-multiplier",
      required = true,
      description = "Standard deviation of the noise over the clipping norm.")
  private double noiseMultiplier;

  @Option(names = "--steps", required = true, description = "Number of rounds, or of steps.")
  private long steps;

  @Option(names = "--to", description = "The picture's file, a PNG (${DEFAULT-VALUE}).")
  private Path to = Path.of("epsilon.png");

  private final World world;

  PrivacyPlotCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    long[] at = points();
    double[] pld = epsilons(new PldAccountant(terms.adjacency), at);
    double[] rdp = epsilons(new RdpAccountant(terms.adjacency), at);
    Path file = world.resolve(to);
    new LineChart("Epsilon " + terms.text(), "rounds", "epsilon")
        .with("PLD", at, pld)
        .with("RDP", at, rdp)
        .save(file);
    options.text(world).out().println(world.show(file));
    options.text(world).out().flush();
    terms
        .answer()
        .with("noiseMultiplier", noiseMultiplier)
        .with("steps", at)
        .with("pld", pld)
        .with("rdp", rdp)
        .with("file", world.show(file))
        .print(options, world);
    return ExitStatus.OK.number();
  }

  private long[] points() {
    return LongStream.rangeClosed(1, POINTS)
        .map(i -> Math.max(1, steps * i / POINTS))
        .distinct()
        .toArray();
  }

  private double[] epsilons(Accountant accountant, long[] at) {
    return PrivacyTerms.checked(() ->
        LongStream.of(at)
            .mapToDouble(
                n -> accountant.epsilon(List.of(terms.release(noiseMultiplier, n)), terms.delta))
            .toArray());
  }
}
