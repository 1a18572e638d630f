package io.rengo.cli;

import io.rengo.agent.TrainerProvider;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.SimulationSpec;
import io.rengo.protocol.Workflow;
import io.rengo.sim.SimulatedMembers;
import io.rengo.sim.Simulation;
import io.rengo.sim.SimulationConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// A job that runs in this process.
final class SimulatedJob {
  /// What a run came to.
  ///
  /// @param seconds from its start in this process to its end
  record Outcome(
      JobState state, Optional<ModelRef> model, List<RoundReport> reports, double seconds) {}

  private final RunFolder folder;
  private final JobInput input;
  private final SimulatedMembers members;
  private final Map<String, TrainerProvider> trainers;
  private final int cores;

  /// Reads the data and finds the trainer; throws where the job file asks for what is not there.
  SimulatedJob(RunFolder folder, JobInput input, int cores) {
    this.folder = folder;
    this.input = input;
    this.cores = cores;
    members = SimulatedMembers.of(input.spec(), input.base());
    trainers = new TreeMap<>();
    ServiceLoader.load(TrainerProvider.class)
        .forEach(provider -> trainers.put(provider.name(), provider));
    String wanted = input.spec().training().trainer();
    if (!trainers.containsKey(wanted)) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "there is no trainer «" + wanted + "» in this program",
          "training.trainer",
          "Use one of " + String.join(", ", trainers.keySet()));
    }
  }

  SimulatedMembers members() {
    return members;
  }

  String trainer() {
    return input.spec().training().trainer();
  }

  Map<String, TrainerProvider> trainers() {
    return trainers;
  }

  /// Runs the job, or goes on with it, to its end.
  Outcome run(RunRecord start, RoundTable table) {
    long begin = System.nanoTime();
    List<RoundReport> reports = new ArrayList<>();
    folder.clearRounds();
    folder.write(start);
    try (Simulation simulation = new Simulation(config())) {
      PortsJobs jobs = new PortsJobs(simulation.ports());
      Workflow.Status status = attended(simulation, start.job(), table, reports);
      JobState end =
          jobs.find(start.job())
              .filter(JobState::ended)
              .orElseGet(() -> JobStates.of(start.job(), status));
      ObjectStore objects = simulation.ports().objects();
      Optional<ModelRef> model = Models.latest(objects, start.job());
      if (model.isPresent()) {
        Models.pull(objects, start.job(), OptionalInt.empty(), folder.model());
      }
      folder.write(start.in(end.state(), end.reason()));
      return new Outcome(end, model, List.copyOf(reports), (System.nanoTime() - begin) / 1e9);
    }
  }

  private Workflow.Status attended(
      Simulation simulation, String job, RoundTable table, List<RoundReport> reports) {
    try (Attendant attendant =
        new Attendant(new PortsJobs(simulation.ports()), job, folder, table)) {
      return simulation.run(
          job,
          input.execution(),
          report -> {
            reports.add(report);
            folder.add(report);
            attendant.row(report);
          });
    }
  }

  private SimulationConfig config() {
    SimulationConfig flat =
        new SimulationConfig(
            Optional.of(folder.state()),
            FolderJobs.FEDERATION,
            members.names(),
            trainers,
            members::data,
            cores);
    return input
        .spec()
        .simulation()
        .flatMap(SimulationSpec::regions)
        .map(regions -> flat.withRegions(members.regions(regions)))
        .orElse(flat);
  }
}
