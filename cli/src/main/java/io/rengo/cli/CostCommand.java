package io.rengo.cli;

import io.rengo.cli.cost.Item;
import io.rengo.cli.cost.JobEstimate;
import io.rengo.cli.cost.Network;
import io.rengo.cli.cost.Phase;
import io.rengo.cli.cost.Prices;
import io.rengo.cli.cost.RoundEstimate;
import io.rengo.cli.cost.Usage;
import io.rengo.cli.cost.Workload;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.SimulationSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a job would cost on AWS.
@Command(
    name = "cost",
    header = "What a job would cost on AWS.",
    description =
        "Estimates from the job file alone how long a round takes beside the members' training, what"
            + " it uses and what that costs, beside a server that is always on. Nothing is deployed or"
            + " asked.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo cost my-job/job.yaml",
      "  rengo cost my-job/job.yaml --members 20 --members-in-aws"
    })
final class CostCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB_FILE", description = "The job file.")
  private Path file = Path.of("");

  @Option(
      names = "--members",
      paramLabel = "N",
      description = "Members of the federation (as many as the simulation has).")
  private Optional<Integer> members = Optional.empty();

  @Option(
      names = "--members-in-aws",
      description = "Members run in the bucket's region: what they read costs nothing.")
  private boolean inAws;

  @Option(names = "--unsealed", description = "Updates are not sealed.")
  private boolean unsealed;

  @Option(
      names = "--connection",
      paramLabel = "MB/s",
      description = "Speed of one connection to S3 (${DEFAULT-VALUE} MB/s).")
  private double connection = 50;

  @Option(
      names = "--function-limit",
      paramLabel = "MB/s",
      description =
          "The most that one function reads over all its connections (${DEFAULT-VALUE} MB/s).")
  private double functionLimit = 200;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Another table of prices than the program's own.")
  private Optional<Path> prices = Optional.empty();

  @Mixin private Options options = new Options();

  private final World world;

  CostCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    JobSpec spec = JobInput.read(world.resolve(file), Map.of()).spec();
    Workload work = Workload.of(spec, memberCount(spec), !unsealed);
    Network network = new Network(connection, Workload.CONNECTIONS, functionLimit, !inAws);
    JobEstimate estimate =
        new JobEstimate(RoundEstimate.of(work, network), spec.rounds().count(), table());
    print(estimate, options.text(world).out());
    answer(estimate).print(options, world);
    return ExitStatus.OK.number();
  }

  private int memberCount(JobSpec spec) {
    int count =
        members
            .or(() -> spec.simulation().map(SimulationSpec::members))
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.JOB_INVALID,
                    "the job file does not say how many members there are",
                    "--members",
                    "Give the number of members, as in --members 20"));
    if (count < 1) {
      throw new RengoException(
          ErrorCode.JOB_INVALID, count + " members", "--members", "Give 1 or more");
    }
    return count;
  }

  private Prices table() {
    return prices
        .map(path -> {
          try {
            return Prices.parse(Files.readString(world.resolve(path)), path.toString());
          } catch (IOException e) {
            throw new RengoException(
                ErrorCode.JOB_INVALID,
                "the table of prices cannot be read",
                path.toString(),
                "Name a file with the fields of docs/reference/cost.md",
                e);
          }
        })
        .orElseGet(Prices::bundled);
  }

  private static void print(JobEstimate estimate, PrintWriter out) {
    RoundEstimate round = estimate.round();
    Workload work = round.workload();
    out.printf(
        "%,d parameters, %d updates of %.1f MB a round, %d shards%n",
        work.parameters(), work.cohort(), work.updateBytes() / 1e6, work.shards());
    out.println();
    out.printf("%-16s %7s %10s%n", "step", "calls", "seconds");
    for (Phase phase : round.phases()) {
      out.printf("%-16s %7d %10.2f%n", phase.name(), phase.calls(), phase.wall());
    }
    out.printf("%-16s %7s %10.2f  beside the members' training%n", "a round", "", round.seconds());
    out.println();
    out.printf("%-32s %14s %12s%n", "a round uses", "count", "dollars");
    for (Item item : Item.values()) {
      double count = round.usage().count(item);
      if (count > 0) {
        double dollars = estimate.prices().of(new Usage(Map.of(item, count)));
        out.printf("%-32s %14.2f %12.6f%n", item.label(), count, dollars);
      }
    }
    out.printf("%-32s %14s %12.6f%n", "a round", "", estimate.roundDollars());
    out.printf("%-32s %14s %12.4f%n", estimate.rounds() + " rounds", "", estimate.dollars());
    out.printf("%-32s %14s %12.4f%n", "its models, a month", "", estimate.storageDollars());
    out.println();
    out.printf(
        "A server that is always on and holds all updates (%.1f GB): $%.2f a month, as much as %,.0f rounds.%n",
        estimate.serverGigabytes(), estimate.serverDollars(), estimate.evenRounds());
    out.printf(
        "Prices of %s in %s; %.0f MB/s a connection, at most %.0f MB/s a function, functions warm.%n",
        estimate.prices().date(),
        estimate.prices().region(),
        round.network().connection(),
        round.network().function());
    out.flush();
  }

  private static Answer answer(JobEstimate estimate) {
    RoundEstimate round = estimate.round();
    Map<String, Double> seconds = new TreeMap<>();
    List<Phase> phases = round.phases();
    phases.forEach(phase -> seconds.put(phase.name(), phase.wall()));
    return new Answer()
        .with("roundSeconds", round.seconds())
        .with("seconds", seconds)
        .with("roundUsage", round.usage().counts())
        .with("roundDollars", estimate.roundDollars())
        .with("rounds", estimate.rounds())
        .with("dollars", estimate.dollars())
        .with("storageDollarsMonthly", estimate.storageDollars())
        .with("serverDollarsMonthly", estimate.serverDollars())
        .with("evenRoundsMonthly", estimate.evenRounds())
        .with("pricesDate", estimate.prices().date())
        .with("region", estimate.prices().region());
  }
}
