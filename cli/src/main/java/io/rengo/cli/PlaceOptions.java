package io.rengo.cli;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// The options that say where jobs are.
final class PlaceOptions {
  /// A place to run.
  enum Place {
    SIM,
    LOCAL,
    AWS
  }

  @Option(
      names = "--on",
      paramLabel = "sim|local|aws",
      description = {
        "Where the job is (sim):",
        "  sim    in this process, all members with it",
        "  local  on the LocalStack that `rengo local up` started",
        "  aws    in the federation that RENGO_FEDERATION, RENGO_BUCKET, RENGO_TABLE,"
            + " RENGO_JOB_STATE_MACHINE and AWS's own variables name"
      })
  Place on = Place.SIM;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "sim: the folder that keeps the runs (.rengo/runs).")
  Optional<Path> folder = Optional.empty();

  @Option(
      names = "--federation",
      paramLabel = "NAME",
      description = "aws: the federation, in place of RENGO_FEDERATION.")
  Optional<String> federation = Optional.empty();

  Runs runs(World world) {
    return new Runs(world.resolve(folder.orElse(Path.of(".rengo", "runs"))));
  }

  Jobs open(World world) {
    return switch (on) {
      case SIM -> new FolderJobs(runs(world), world.pause());
      case LOCAL -> new PortsJobs(world.ports().apply(new LocalDeployment(world).environment()));
      case AWS -> new PortsJobs(world.ports().apply(environment(world)));
    };
  }

  /// The ports of a deployment.
  Ports ports(World world) {
    return switch (on) {
      case SIM ->
          throw new RengoException(
              ErrorCode.CONFIG_INVALID,
              "a simulation's members are no federation's",
              "--on",
              "Add --on local or --on aws");
      case LOCAL -> world.ports().apply(new LocalDeployment(world).environment());
      case AWS -> world.ports().apply(environment(world));
    };
  }

  private Map<String, String> environment(World world) {
    Map<String, String> variables = new TreeMap<>(world.environment());
    federation.ifPresent(name -> variables.put("RENGO_FEDERATION", name));
    return variables;
  }
}
