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

/// Tells a job's ledger.
@Command(
    name = "show",
    description =
        "Tells what a job's ledger says: who was asked, what counted, whose data owners approved, what"
            + " was refused and why, which model came out, by which code. It proves the ledger first.",
    footerHeading = "%nExamples:%n",
    footer = {"  rengo audit show trial-1 --on aws"})
final class AuditShowCommand implements Callable<Integer> {
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

  AuditShowCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    try (Jobs jobs = place.open(world)) {
      List<Page> pages = Ledgers.verify(jobs, job, authority.map(world::resolve));
      var out = options.text(world).out();
      Ledgers.tell(pages).forEach(out::println);
      new Answer().with("job", job).with("pages", pages).print(options, world);
    }
    return ExitStatus.OK.number();
  }
}
