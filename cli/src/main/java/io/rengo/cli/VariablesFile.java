package io.rengo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Environment variables in a file, one `NAME=VALUE` to a line: a shell can read it too.
record VariablesFile(Path path) {
  /// The variables, or empty where there is no file.
  Optional<Map<String, String>> read() {
    try {
      if (!Files.exists(path)) {
        return Optional.empty();
      }
      Map<String, String> variables = new TreeMap<>();
      for (String line : Files.readAllLines(path)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          variables.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
      return Optional.of(variables);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(Map<String, String> variables) {
    List<String> lines =
        variables.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList();
    try {
      Files.createDirectories(path.resolveSibling(""));
      Files.write(path, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
