package io.rengo.sim;

import io.rengo.agent.MemberData;
import io.rengo.agent.TrainerProvider;
import io.rengo.protocol.Federation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a simulation is made of.
///
/// @param folder where all state lies, so that a simulation that was killed can go on; in memory
///   where there is none
/// @param members names of the members
/// @param trainers the trainers by name
/// @param data a member's data, by the member's name
/// @param cores how many members train at once
/// @param sealed whether updates are sealed
/// @param identities by which tasks and updates are signed; empty where they are not
/// @param regions the members of those members that are regions
public record SimulationConfig(
    Optional<Path> folder,
    Federation federation,
    List<String> members,
    Map<String, TrainerProvider> trainers,
    Function<String, Supplier<MemberData>> data,
    int cores,
    boolean sealed,
    Optional<Identities> identities,
    Map<String, List<String>> regions) {
  public SimulationConfig {
    members = List.copyOf(members);
    trainers = Map.copyOf(trainers);
    regions = Map.copyOf(regions);
  }

  /// The same with nothing demanded of updates, which leave no process here.
  public SimulationConfig(
      Optional<Path> folder,
      Federation federation,
      List<String> members,
      Map<String, TrainerProvider> trainers,
      Function<String, Supplier<MemberData>> data,
      int cores) {
    this(folder, federation, members, trainers, data, cores, false, Optional.empty(), Map.of());
  }

  /// The same with sealed updates.
  public SimulationConfig withSeals() {
    return new SimulationConfig(
        folder, federation, members, trainers, data, cores, true, identities, regions);
  }

  /// The same with signed tasks and updates.
  public SimulationConfig with(Identities other) {
    return new SimulationConfig(
        folder, federation, members, trainers, data, cores, sealed, Optional.of(other), regions);
  }

  /// The same with regions for members.
  ///
  /// @param others the members of each region, whose names are those of federations
  public SimulationConfig withRegions(Map<String, List<String>> others) {
    return new SimulationConfig(
        folder,
        federation,
        List.copyOf(new TreeSet<>(others.keySet())),
        trainers,
        data,
        cores,
        sealed,
        identities,
        others);
  }

  /// One region's own federation.
  SimulationConfig region(String region) {
    return new SimulationConfig(
        folder.map(path -> path.resolve("regions").resolve(region)),
        new Federation(region),
        Objects.requireNonNull(regions.get(region), region),
        trainers,
        data,
        Math.max(1, cores / regions.size()),
        sealed,
        identities,
        Map.of());
  }
}
