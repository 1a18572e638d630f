package io.rengo.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Aborts a job.
@Command(
    name = "abort",
    description = "Stops a job for good. Its models stay; it cannot go on.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo abort digits-20261122-101500",
      "  rengo abort trial-1 --on aws --reason 'wrong data'"
    })
final class AbortCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "The job's id; `rengo list` shows them.")
  private String job = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; it is recorded with the job (${DEFAULT-VALUE}).")
  private String reason = "aborted by rengo abort";

  @Mixin private PlaceOptions place = new PlaceOptions();
  @Mixin private Options options = new Options();

  private final World world;

  AbortCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    try (Jobs jobs = place.open(world)) {
      jobs.abort(job, reason);
      JobState state = jobs.find(job).orElseThrow(() -> JobErrors.unknown(job, "rengo abort"));
      Screen screen = options.text(world);
      screen.out().println(Ending.text(state));
      screen.out().flush();
      new Answer()
          .with("job", job)
          .with("state", state.state())
          .with("reason", state.reason())
          .print(options, world);
    }
    return ExitStatus.OK.number();
  }
}
