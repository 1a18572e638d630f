package io.rengo.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What differential privacy costs.
@Command(
    name = "privacy",
    description = "Answers what differential privacy costs, before a job is run.",
    subcommands = {
      PrivacyEpsilonCommand.class,
      PrivacySigmaCommand.class,
      PrivacyRoundsCommand.class,
      PrivacyPlotCommand.class,
      PrivacyBudgetCommand.class
    })
final class PrivacyCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  private boolean help;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getErr());
    }
    return ExitStatus.USAGE.number();
  }
}
