package io.rengo.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists jobs.
@Command(
    name = "list",
    description = "Lists the jobs of a place, the newest first.",
    footerHeading = "%nExamples:%n",
    footer = {"  rengo list", "  rengo list --on aws --format json"})
final class ListCommand implements Callable<Integer> {
  @Mixin private PlaceOptions place = new PlaceOptions();
  @Mixin private Options options = new Options();

  private final World world;

  ListCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    try (Jobs jobs = place.open(world)) {
      List<JobState> all = jobs.list();
      print(all, options.text(world).out());
      new Answer().with("jobs", all).print(options, world);
    }
    return ExitStatus.OK.number();
  }

  private static void print(List<JobState> jobs, PrintWriter out) {
    if (jobs.isEmpty()) {
      out.println("no jobs; `rengo run JOB.yaml` starts one");
    } else {
      int width = Math.max(3, jobs.stream().mapToInt(job -> job.job().length()).max().orElse(3));
      String row = "%-" + width + "s  %-11s  %-20s  %6s  %8s  %s";
      out.println(
          row.formatted("job", "state", "started", "rounds", "accuracy", "").stripTrailing());
      for (JobState job : jobs) {
        out.println(
            row.formatted(
                    job.job(),
                    job.state().word(),
                    job.started().map(ListCommand::seconds).orElse("-"),
                    job.rounds(),
                    job.accuracy().map("%.4f"::formatted).orElse("-"),
                    job.reason().orElse(""))
                .stripTrailing());
      }
    }
    out.flush();
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
