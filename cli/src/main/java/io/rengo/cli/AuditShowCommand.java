package io.rengo.cli;

import io.rengo.protocol.audit.Page;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Tells a job's ledger.
@Command(
    name = "show",
    description =
        "Tells what a job's ledger says: who was asked, what counted, whose data owners approved, what"
            + " was refused and why, which model came out, by which code. It proves the ledger first.",
    footerHeading = "%nExamples:%n",
    footer = {"  rengo audit show trial-1 --on aws"})
final class AuditShowCommand implements Callable<Integer> {
  @Mixin private LedgerOptions ledger = new LedgerOptions();

  @Mixin private Options options = new Options();

  private final World world;

  AuditShowCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    List<Page> pages = ledger.verify(world);
    var out = options.text(world).out();
    Ledgers.tell(pages).forEach(out::println);
    new Answer().with("job", ledger.job()).with("pages", pages).print(options, world);
    return ExitStatus.OK.number();
  }
}
