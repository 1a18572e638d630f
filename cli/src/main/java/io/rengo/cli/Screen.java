package io.rengo.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/// Where a command writes.
///
/// @param out what was asked for
/// @param err everything else
/// @param outTerminal whether `out` is a terminal
/// @param errTerminal whether `err` is a terminal
/// @param colour whether terminals get colours
record Screen(
    PrintWriter out, PrintWriter err, boolean outTerminal, boolean errTerminal, boolean colour) {
  /// The screen of this process; the launcher says by properties what the streams are.
  static Screen ofProcess(Map<String, String> environment) {
    return new Screen(
        writer(System.out),
        writer(System.err),
        Boolean.getBoolean("rengo.terminal.out"),
        Boolean.getBoolean("rengo.terminal.err"),
        environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /// The same with all text on `err`: `out` is left to one JSON object.
  Screen withTextOnErr() {
    return new Screen(err, err, errTerminal, errTerminal, colour);
  }

  /// Where a line that is written over again goes: beside the text, so that they keep their order,
  /// or where the text is not on a terminal, to `err`.
  PrintWriter live() {
    return outTerminal ? out : err;
  }

  /// Whether such a line makes sense.
  boolean liveTerminal() {
    return outTerminal || errTerminal;
  }

  /// Colours for `out`.
  Ansi ansi() {
    return outTerminal && colour ? Ansi.ON : Ansi.OFF;
  }
}
