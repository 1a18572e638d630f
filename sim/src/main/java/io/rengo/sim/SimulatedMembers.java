package io.rengo.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.rengo.agent.Examples;
import io.rengo.agent.MemberData;
import io.rengo.agent.data.DataLoader;
import io.rengo.agent.data.DataSettings;
import io.rengo.agent.data.Partition;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.RengoException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// The members of a simulation: one data set, parted among them as the job file's `simulation`
/// section says.
public final class SimulatedMembers {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private record Section(int members, DataSettings data, Parts partition) {}

  /// @param kind `dirichlet` (skewed classes) or `uniform`
  /// @param alpha concentration of `dirichlet`: the smaller, the more skewed
  /// @param minExamples the fewest examples of a member
  private record Parts(String kind, double alpha, long seed, int minExamples) {}

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
    JsonNode json =
        spec.simulation()
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.JOB_INVALID,
                    "the job file says nothing of a simulation",
                    "simulation",
                    "Add the section `simulation` with members, data and partition, or run"
                        + " the job with --on aws"));
    Section section;
    try {
      section = MAPPER.treeToValue(json, Section.class);
    } catch (JsonProcessingException e) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          e.getOriginalMessage(),
          "simulation",
          "See the section `simulation` in the job file's reference",
          e);
    }
    Examples examples = DataLoader.read(section.data(), base);
    List<int[]> parts = parts(section, examples);
    Map<String, int[]> rows = new TreeMap<>();
    IntStream.range(0, section.members())
        .forEach(i -> rows.put("member-%03d".formatted(i + 1), parts.get(i)));
    return new SimulatedMembers(section.data(), examples, rows);
  }

  private static List<int[]> parts(Section section, Examples examples) {
    Parts partition = section.partition();
    return switch (partition.kind()) {
      case "dirichlet" ->
          Partition.dirichlet(
              examples.classes(),
              section.members(),
              partition.alpha(),
              partition.seed(),
              partition.minExamples());
      case "uniform" -> Partition.uniform(examples.count(), section.members(), partition.seed());
      default ->
          throw new RengoException(
              ErrorCode.JOB_INVALID,
              "there is no partition «" + partition.kind() + "»",
              "simulation.partition.kind",
              "Use dirichlet or uniform");
    };
  }

  /// The members' names, sorted.
  public List<String> names() {
    return List.copyOf(rows.keySet());
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
