package io.rengo.sim;

import io.rengo.agent.Examples;
import io.rengo.agent.MemberData;
import io.rengo.agent.data.DataLoader;
import io.rengo.agent.data.DataSettings;
import io.rengo.agent.data.Partition;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.SimulationSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// The members of a simulation: one data set, parted among them as the job file's `simulation`
/// section says.
public final class SimulatedMembers {
  private final DataSettings settings;
  private final Examples examples;
  private final Map<String, int[]> rows;
  private final Map<String, MemberData> prepared = new ConcurrentHashMap<>();

  private SimulatedMembers(DataSettings settings, Examples examples, Map<String, int[]> rows) {
    this.settings = settings;
    this.examples = examples;
    this.rows = rows;
  }

  /// Reads the data and parts it.
  ///
  /// @param base folder that the data's path is relative to: the job file's
  public static SimulatedMembers of(JobSpec spec, Path base) {
    SimulationSpec simulation =
        spec.simulation()
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.JOB_INVALID,
                    "the job file says nothing of a simulation",
                    "simulation",
                    "Add the section `simulation` with members and data, or run the job with"
                        + " --on aws"));
    DataSettings settings = DataSettings.from(simulation.data(), "simulation");
    Examples examples = DataLoader.read(settings, base);
    List<int[]> parts = parts(simulation, examples);
    Map<String, int[]> rows = new TreeMap<>();
    IntStream.range(0, simulation.members())
        .forEach(i -> rows.put("member-%03d".formatted(i + 1), parts.get(i)));
    return new SimulatedMembers(settings, examples, rows);
  }

  private static List<int[]> parts(SimulationSpec simulation, Examples examples) {
    SimulationSpec.Partition partition = simulation.partition();
    return switch (partition.kind()) {
      case DIRICHLET ->
          Partition.dirichlet(
              examples.classes(),
              simulation.members(),
              partition.alpha(),
              partition.seed(),
              partition.minExamples());
      case UNIFORM -> Partition.uniform(examples.count(), simulation.members(), partition.seed());
    };
  }

  /// The members' names, sorted.
  public List<String> names() {
    return List.copyOf(rows.keySet());
  }

  /// The members dealt to so many regions, one after the other.
  public Map<String, List<String>> regions(int count) {
    Map<String, List<String>> regions = new TreeMap<>();
    List<String> names = names();
    for (int i = 0; i < names.size(); i++) {
      regions
          .computeIfAbsent("region-%03d".formatted(i % count + 1), absent -> new ArrayList<>())
          .add(names.get(i));
    }
    return regions;
  }

  /// A member's data.
  public Supplier<MemberData> data(String member) {
    return () ->
        prepared.computeIfAbsent(
            member,
            name ->
                DataLoader.prepare(examples.select(rows.getOrDefault(name, new int[0])), settings));
  }
}
