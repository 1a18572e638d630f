package io.rengo.cli;

import picocli.CommandLine.Command;

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
final class PrivacyCommand extends GroupCommand {}
