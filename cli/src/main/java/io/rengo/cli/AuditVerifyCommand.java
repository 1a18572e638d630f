package io.rengo.cli;

import io.rengo.protocol.audit.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Proves a job's ledger.
@Command(
    name = "verify",
    description =
        "Proves that a job's ledger is whole: every page is there, in order, bound to the one before,"
            + " signed by the federation, and what it names is still what it was.",
    footerHeading = "%nExamples:%n",
    footer = {"  rengo audit verify trial-1 --on aws --authority ca.pem"})
final class AuditVerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "The job's id.")
  private String job = "";

  @Option(
      names = "--authority",
      paramLabel = "FILE",
      description = "The authority's certificate: then signatures are proven too.")
  private Optional<Path> authority = Optional.empty();

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Mixin private Options options = new Options();

  private final World world;

  AuditVerifyCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    try (Jobs jobs = place.open(world)) {
      List<Page> pages = Ledgers.verify(jobs, job, authority.map(world::resolve));
      options
          .text(world)
          .out()
          .println(
              "the ledger of %s is whole: %d pages%s"
                  .formatted(
                      job,
                      pages.size(),
                      authority.isPresent()
                          ? ", each signed by the federation"
                          : "; signatures were not looked at, --authority names whom to believe"));
      new Answer()
          .with("job", job)
          .with("pages", pages.size())
          .with("signatures", authority.isPresent())
          .print(options, world);
    }
    return ExitStatus.OK.number();
  }
}
