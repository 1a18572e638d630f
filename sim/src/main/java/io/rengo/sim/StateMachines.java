package io.rengo.sim;

import io.rengo.core.Sha256;
import io.rengo.local.states.Definition;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The deployed state machines' definitions, with the names that they have in one JVM.
public final class StateMachines {
  private static final Pattern FUNCTION = Pattern.compile("\\$\\{(\\w+)Function}");

  private StateMachines() {}

  /// The definitions by the machines' names.
  public static Map<String, Definition> load(Federation federation, List<String> members) {
    Map<String, String> names =
        Map.of(
            "RoundStateMachine",
            federation.roundStateMachine(),
            "BufferStateMachine",
            federation.bufferStateMachine(),
            "Members",
            String.join(",", members));
    return Map.of(
        federation.jobStateMachine(), parse(read("job"), names),
        federation.roundStateMachine(), parse(read("round"), names),
        federation.bufferStateMachine(), parse(read("buffer"), names),
        federation.regionStateMachine(), parse(read("region"), names));
  }

  /// What a simulation's ledger names: the definitions. Its code is that of this process.
  static Versions versions() {
    String sums =
        Stream.of("buffer", "job", "region", "round")
            .map(name -> Sha256.hex(read(name)) + "  " + name + ".asl.json\n")
            .collect(Collectors.joining());
    return new Versions(Optional.empty(), Optional.of(Sha256.hex(sums)));
  }

  /// A function is called by its step's name.
  private static Definition parse(String json, Map<String, String> names) {
    Map<String, String> substitutions = new HashMap<>(names);
    FUNCTION
        .matcher(json)
        .results()
        .forEach(match -> substitutions.put(match.group(1) + "Function", match.group(1)));
    substitutions.keySet().removeIf(name -> !json.contains("${" + name + "}"));
    return Definition.parse(json, substitutions);
  }

  private static String read(String name) {
    String resource = "/statemachines/" + name + ".asl.json";
    try (InputStream in = StateMachines.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
