package io.rengo.cli;

import io.rengo.protocol.OperatorPorts;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PortsProvider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

/// All that commands touch outside themselves.
///
/// @param home the folder of Rengo's own files: examples, scripts
/// @param folder the folder that relative paths begin at
/// @param ports opens the ports that environment variables describe
/// @param operator opens what an operator uses beside them
/// @param pause waits until there may be news
record World(
    Path home,
    Path folder,
    Map<String, String> environment,
    Screen screen,
    Programs programs,
    Function<Map<String, String>, Ports> ports,
    Function<Map<String, String>, OperatorPorts> operator,
    InstantSource clock,
    Runnable pause) {
  /// The world of this process; the launcher names Rengo's folder.
  static World ofProcess() {
    Path folder = Path.of("").toAbsolutePath();
    return new World(
        Path.of(System.getProperty("rengo.home", folder.toString())),
        folder,
        Map.copyOf(System.getenv()),
        Screen.ofProcess(System.getenv()),
        new SystemPrograms(),
        PortsProvider::fromEnvironment,
        variables -> PortsProvider.find().operator(variables),
        InstantSource.system(),
        Waiting::aMoment);
  }

  /// A path of the command line.
  Path resolve(Path path) {
    return folder.resolve(path).normalize();
  }

  /// A path as the reader of this world would write it.
  String show(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    return whole.startsWith(folder) && !whole.equals(folder)
        ? folder.relativize(whole).toString()
        : whole.toString();
  }
}
