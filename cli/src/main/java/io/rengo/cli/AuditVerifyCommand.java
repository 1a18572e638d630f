package io.rengo.cli;

import io.rengo.protocol.audit.Page;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Proves a job's ledger.
@Command(
    name = "verify",
    description =
        "Proves that a job's ledger is whole: every page is there, in order, bound to the one before,"
            + " signed by the federation, and what it names is still what it was.",
    footerHeading = "%nExamples:%n",
    footer = {"  rengo audit verify trial-1 --on aws --authority ca.pem"})
final class AuditVerifyCommand implements Callable<Integer> {
  @Mixin private LedgerOptions ledger = new LedgerOptions();

  @Mixin private Options options = new Options();

  private final World world;

  AuditVerifyCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    List<Page> pages = ledger.verify(world);
    options
        .text(world)
        .out()
        .println(
            "the ledger of %s is whole: %d pages%s"
                .formatted(
                    ledger.job(),
                    pages.size(),
                    ledger.provesSignatures()
                        ? ", each signed by the federation"
                        : "; signatures were not looked at, --authority names whom to believe"));
    new Answer()
        .with("job", ledger.job())
        .with("pages", pages.size())
        .with("signatures", ledger.provesSignatures())
        .print(options, world);
    return ExitStatus.OK.number();
  }
}
