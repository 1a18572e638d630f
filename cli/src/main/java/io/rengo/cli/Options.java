package io.rengo.cli;

import picocli.CommandLine.Option;

/// The options of every command.
final class Options {
  /// How a command answers.
  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description =
          "How to answer (${DEFAULT-VALUE}): json gives one object on standard output and all else"
              + " on standard error.")
  Format format = Format.TEXT;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  boolean help;

  @Option(names = "--verbose", description = "More messages, and stack traces of errors.")
  boolean verbose;

  /// Where text goes under these options.
  Screen text(World world) {
    return format == Format.JSON ? world.screen().withTextOnErr() : world.screen();
  }
}
