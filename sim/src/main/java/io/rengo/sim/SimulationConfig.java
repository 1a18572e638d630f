package io.rengo.sim;

import io.rengo.agent.MemberData;
import io.rengo.agent.TrainerProvider;
import io.rengo.protocol.Federation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public record SimulationConfig(
    Optional<Path> folder,
    Federation federation,
    List<String> members,
    Map<String, TrainerProvider> trainers,
    Function<String, Supplier<MemberData>> data,
    int cores,
    boolean sealed,
    Optional<Identities> identities) {
  public SimulationConfig {
    members = List.copyOf(members);
    trainers = Map.copyOf(trainers);
  }

  /// The same with nothing demanded of updates, which leave no process here.
  public SimulationConfig(
      Optional<Path> folder,
      Federation federation,
      List<String> members,
      Map<String, TrainerProvider> trainers,
      Function<String, Supplier<MemberData>> data,
      int cores) {
    this(folder, federation, members, trainers, data, cores, false, Optional.empty());
  }

  /// The same with sealed updates.
  public SimulationConfig withSeals() {
    return new SimulationConfig(
        folder, federation, members, trainers, data, cores, true, identities);
  }

  /// The same with signed tasks and updates.
  public SimulationConfig with(Identities other) {
    return new SimulationConfig(
        folder, federation, members, trainers, data, cores, sealed, Optional.of(other));
  }
}
