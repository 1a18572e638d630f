package io.rengo.cli;

import io.rengo.cli.JobState.State;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.RengoException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a job and follows it to its end.
@Command(
    name = "run",
    description = "Runs a job and follows it to its end.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo run job.yaml",
      "  rengo run job.yaml --members 20 --rounds 3 --set training.learning-rate=0.05",
      "  rengo run --resume                     go on with the newest run that was interrupted",
      "  rengo run job.yaml --on aws --job trial-1 --detach"
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "JOB.yaml",
      description = "The job file. Not needed with --resume, which knows it.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--job", paramLabel = "ID", description = "The job's id (file name and time).")
  private Optional<String> job = Optional.empty();

  @Option(
      names = "--resume",
      description =
          "sim: go on with a run that was interrupted, the newest or the one that --job names.")
  private boolean resume;

  @Option(names = "--members", paramLabel = "N", description = "sim: number of members.")
  private Optional<Integer> members = Optional.empty();

  @Option(names = "--rounds", paramLabel = "N", description = "Number of rounds.")
  private Optional<Integer> rounds = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "Another value for a field of the job file; may be given several times.")
  private Map<String, String> changes = new LinkedHashMap<>();

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "sim: members that train at once (the machine's cores).")
  private int cores = Runtime.getRuntime().availableProcessors();

  @Option(names = "--detach", description = "local, aws: start the job and do not wait for it.")
  private boolean detach;

  @Mixin private PlaceOptions place = new PlaceOptions();
  @Mixin private Options options = new Options();

  private final World world;

  RunCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    if (resume) {
      return resume();
    }
    Path path =
        world.resolve(
            file.orElseThrow(() ->
                usage("no job file is given", "Name one, or write one with `rengo init DIR`")));
    members.ifPresent(count -> changes.put("simulation.members", "" + count));
    rounds.ifPresent(count -> changes.put("rounds.count", "" + count));
    JobInput input = JobInput.read(path, changes);
    String id = job.orElseGet(() -> JobIds.fresh(path, world.clock().instant()));
    return place.on == PlaceOptions.Place.SIM ? simulate(id, input) : deploy(id, input);
  }

  private int simulate(String id, JobInput input) {
    RunFolder folder = place.runs(world).run(id);
    if (folder.read().isPresent()) {
      throw new RengoException(
          ErrorCode.CONFLICT,
          "there is a run of this id already",
          world.show(folder.path()),
          "Go on with it by --resume, or give another id by --job");
    }
    SimulatedJob simulated = new SimulatedJob(folder, input, cores);
    return run(simulated, folder, RunRecord.starting(id, input, world.clock().instant()));
  }

  private int run(SimulatedJob simulated, RunFolder folder, RunRecord start) {
    Screen screen = options.text(world);
    RoundTable table = new RoundTable(screen);
    table.line(
        "job %s: %d members, training with %s, state in %s"
            .formatted(
                start.job(),
                simulated.members().names().size(),
                simulated.trainer(),
                world.show(folder.path())));
    SimulatedJob.Outcome outcome = simulated.run(start, table);
    table.line(Ending.text(outcome.state()));
    Optional<Path> model = outcome.model().map(ref -> folder.model());
    model.ifPresent(path -> table.line("model: " + world.show(path)));
    RunAnswer.of(outcome.state(), outcome.reports())
        .with("members", simulated.members().names().size())
        .with("seconds", outcome.seconds())
        .with("model", model.map(Path::toString))
        .print(options, world);
    return ExitStatus.of(outcome.state().state()).number();
  }

  private int resume() {
    if (place.on != PlaceOptions.Place.SIM) {
      throw usage(
          "--resume is for simulations",
          "A deployed job goes on by itself; `rengo watch` shows it");
    }
    if (file.isPresent() || !changes.isEmpty() || members.isPresent() || rounds.isPresent()) {
      throw usage(
          "--resume goes on with the job file that the run began with",
          "Leave out the file and the changes, or start another run without --resume");
    }
    RunRecord record = job.map(this::known).orElseGet(this::newestInterrupted);
    RunFolder folder = place.runs(world).run(record.job());
    JobInput input = JobInput.of(Path.of(record.base()), record.file(), world.show(folder.path()));
    return run(new SimulatedJob(folder, input, cores), folder, record.resumed());
  }

  private RunRecord known(String id) {
    Runs runs = place.runs(world);
    RunRecord record =
        runs.run(id).read().orElseThrow(() -> JobErrors.unknown(id, world.show(runs.path())));
    State state = record.now();
    if (state == State.RUNNING || state == State.ABORTED) {
      throw new RengoException(
          ErrorCode.CONFLICT,
          "the job cannot go on: it is " + state.word(),
          "job " + id,
          state == State.RUNNING
              ? "Follow it with `rengo watch " + id + "`"
              : "Start another run of its job file");
    }
    return record;
  }

  private RunRecord newestInterrupted() {
    Runs runs = place.runs(world);
    return runs.all().stream()
        .filter(record -> record.now() == State.INTERRUPTED)
        .findFirst()
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.JOB_UNKNOWN,
                "no run was interrupted",
                world.show(runs.path()),
                "Name a run with --job; `rengo list` shows them"));
  }

  private int deploy(String id, JobInput input) {
    // The id becomes part of keys: a wrong one is refused before anything starts.
    String name = new ObjectKeys(id).job();
    Screen screen = options.text(world);
    RoundTable table = new RoundTable(screen);
    try (Jobs jobs = place.open(world)) {
      if (jobs.find(name).isPresent()) {
        throw new RengoException(
            ErrorCode.CONFLICT,
            "there is a job of this id already",
            "job " + name,
            "Give another id by --job, or follow that one with `rengo watch`");
      }
      jobs.start(name, input.execution());
      String on = " --on " + place.on.name().toLowerCase(java.util.Locale.ROOT);
      table.line("job " + name + " started; `rengo watch " + name + on + "` follows it");
      if (detach) {
        new Answer().with("job", name).with("state", State.RUNNING).print(options, world);
        return ExitStatus.OK.number();
      }
      return Ending.follow(new Follower(jobs, name, table), table, options, world);
    }
  }

  private static RengoException usage(String what, String mend) {
    return new RengoException(ErrorCode.CONFIG_INVALID, what, "rengo run", mend);
  }
}
