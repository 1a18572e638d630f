package io.rengo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.Json;
import io.rengo.protocol.OperatorPorts;
import io.rengo.protocol.Ports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine;

/// Runs commands in this process, in a folder and over the ports of a test.
final class Shell {
  /// What a command did.
  record Result(int status, String out, String err) {
    /// Standard output, which must be one JSON object and nothing else.
    JsonNode json() {
      try {
        JsonNode tree = Json.MAPPER.readTree(out);
        if (!tree.isObject()) {
          throw new AssertionError("not an object: " + out);
        }
        return tree;
      } catch (JsonProcessingException e) {
        throw new AssertionError("not one JSON object: " + out, e);
      }
    }
  }

  final Map<String, Programs.Result> programs = new TreeMap<>();
  final List<String> ran = new ArrayList<>();
  private final Path home;
  private final Path folder;
  private Function<Map<String, String>, Ports> ports =
      variables -> {
        throw new AssertionError("no ports were expected");
      };
  OperatorPorts operator =
      new OperatorPorts(
          id -> {
            throw new AssertionError("no key was expected");
          },
          (anchor, name, list) -> {
            throw new AssertionError("no list was expected");
          });
  InstantSource clock = InstantSource.system();
  Map<String, String> environment = Map.of();
  boolean terminal;
  Runnable pause = Waiting::aMoment;

  /// A shell whose current folder is this one.
  Shell(Path folder) {
    this(folder, Path.of(System.getProperty("rengo.root", "..")).toAbsolutePath().normalize());
  }

  Shell(Path folder, Path home) {
    this.folder = folder;
    this.home = home;
  }

  Shell over(Deployment deployment) {
    return over(variables -> deployment.ports);
  }

  Shell over(Function<Map<String, String>, Ports> opened) {
    ports = opened;
    return this;
  }

  Result run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = commandLine(out, err).execute(words);
    return new Result(status, out.toString(), err.toString());
  }

  CommandLine commandLine() {
    return commandLine(new StringWriter(), new StringWriter());
  }

  private CommandLine commandLine(StringWriter out, StringWriter err) {
    return Main.commandLine(
        new World(
            home,
            folder,
            environment,
            new Screen(new PrintWriter(out), new PrintWriter(err), terminal, terminal, false),
            new Listed(),
            ports,
            variables -> operator,
            clock,
            pause));
  }

  /// Programs that answer what the test says, by the last part of their names.
  private final class Listed implements Programs {
    @Override
    public Result probe(List<String> command, Duration limit) {
      return answer(command);
    }

    @Override
    public Result run(List<String> command, Path where, Map<String, String> variables) {
      return answer(command);
    }

    private Result answer(List<String> command) {
      String line = String.join(" ", command);
      ran.add(line);
      return programs.entrySet().stream()
          .filter(entry -> line.contains(entry.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(new Result(NOT_RUN, ""));
    }
  }
}
