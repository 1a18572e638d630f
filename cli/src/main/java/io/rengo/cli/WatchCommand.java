package io.rengo.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Follows a job.
@Command(
    name = "watch",
    header = "Follows a job.",
    description =
        "Follows a job: a row for each round, and each update that was refused, with the reason's"
            + " code. Ends when the job does, with the exit status that `run` would have.",
    footerHeading = "%nExamples:",
    footer = {
      "  rengo watch digits-20261122-101500",
      "  rengo watch trial-1 --on aws",
      "  rengo watch trial-1 --on aws --once --format json"
    })
final class WatchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "The job's id; `rengo list` shows them.")
  private String job = "";

  @Option(names = "--once", description = "Show how it stands and do not wait for the end.")
  private boolean once;

  @Mixin private PlaceOptions place = new PlaceOptions();
  @Mixin private Options options = new Options();

  private final World world;

  WatchCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    RoundTable table = new RoundTable(options.text(world));
    try (Jobs jobs = place.open(world)) {
      Follower follower = new Follower(jobs, job, table);
      return once
          ? Ending.now(follower, table, options, world)
          : Ending.follow(follower, table, options, world);
    }
  }
}
