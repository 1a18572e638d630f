package io.rengo.cli;

import picocli.CommandLine.Command;

/// Makes a federation's authority and publishes what it vouches for.
@Command(
    name = "federation",
    description = "Makes a federation's authority and publishes what it vouches for.",
    subcommands = {FederationInitCommand.class, FederationPublishCommand.class})
final class FederationCommand extends GroupCommand {}
