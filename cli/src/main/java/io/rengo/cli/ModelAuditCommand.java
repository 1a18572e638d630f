package io.rengo.cli;

import io.rengo.protocol.AuditReport;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Tells what members found that a model remembers.
@Command(
    name = "audit",
    header = "What members found that a job's last model remembers of their data.",
    description =
        "Writes the report of the audit with which a job ended whose file has the section `audit`:"
            + " a page with curves and a file in JSON. Ends with 1 where the model is beyond the"
            + " job's limits.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo model audit digits-20261122-101500",
      "  rengo model audit trial-1 --on aws --to reports"
    })
final class ModelAuditCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "The job's id; `rengo list` shows them.")
  private String job = "";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "The folder for JOB-audit.html and JOB-audit.json (.).")
  private Path to = Path.of(".");

  @Mixin private PlaceOptions place = new PlaceOptions();
  @Mixin private Options options = new Options();

  private final World world;

  ModelAuditCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    try (Jobs jobs = place.open(world)) {
      AuditReport report =
          jobs.objects(job, objects -> Promotion.audit(objects, job))
              .orElseThrow(() -> Promotion.unaudited(job));
      AuditFigures figures = AuditFigures.of(report);
      Path page = world.resolve(to).resolve(job + "-audit.html");
      Path file = world.resolve(to).resolve(job + "-audit.json");
      write(page, new AuditPage(report, figures).html());
      Answer answer = figures.answer(report).with("page", world.show(page));
      write(file, answer.fields().toPrettyString() + "\n");
      Screen screen = options.text(world);
      figures.lines(report).forEach(screen.out()::println);
      screen.out().println(world.show(page));
      screen.out().flush();
      answer.print(options, world);
      return (report.passed() ? ExitStatus.OK : ExitStatus.FAILED).number();
    }
  }

  private static void write(Path file, String text) {
    try {
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
      Files.createDirectories(folder);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "the report cannot be written: " + e.getMessage(),
          file.toString(),
          "Name a folder that you may write to with --to",
          e);
    }
  }
}
