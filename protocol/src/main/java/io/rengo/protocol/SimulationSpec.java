package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// Members and data of a simulation: one data set, parted over members that exist only in it.
///
/// @param members how many there are
/// @param regions how many regions they are dealt to; empty for none
/// @param data the section `data` of an agent's configuration; its paths are relative to the job
///   file
public record SimulationSpec(
    int members, Optional<Integer> regions, JsonNode data, Partition partition) {
  /// How the data is parted over the members.
  ///
  /// @param alpha concentration of `dirichlet`: the smaller, the more skewed
  /// @param seed of the draw; not the job's, so that jobs with other seeds have the same members
  /// @param minExamples the fewest examples that a member of `dirichlet` has
  public record Partition(Kind kind, double alpha, long seed, int minExamples) {
    public Partition {
      Check.positive(alpha, "simulation.partition.alpha");
      Check.atLeast(minExamples, 0, "simulation.partition.min-examples");
    }
  }

  /// The ways to part data.
  public enum Kind {
    /// Skewed by class (Hsu, Qi and Brown 2019).
    @JsonProperty("dirichlet")
    DIRICHLET,
    /// Evenly, at random.
    @JsonProperty("uniform")
    UNIFORM
  }

  public SimulationSpec {
    Check.inRange(members, 1, 100_000, "simulation.members");
    regions.ifPresent(count -> Check.inRange(count, 1, members, "simulation.regions"));
    Check.section(data, "simulation.data", "Write the data settings of an agent below it");
  }
}
