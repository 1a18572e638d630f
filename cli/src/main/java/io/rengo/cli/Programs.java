package io.rengo.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Other programs of this machine.
interface Programs {
  /// How a program ended and what it wrote.
  record Result(int status, String output) {}

  /// The status of a program that is not there or did not end in time.
  int NOT_RUN = 127;

  /// Runs a program and returns what it wrote on both streams; [#NOT_RUN] where it cannot be run.
  Result probe(List<String> command, Duration limit);

  /// Runs a program to its end, its messages going to this process's, and returns what it wrote on
  /// standard output.
  ///
  /// @param variables that its environment gets beside this process's
  Result run(List<String> command, Path folder, Map<String, String> variables);
}
