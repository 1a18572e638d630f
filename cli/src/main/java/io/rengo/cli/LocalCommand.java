package io.rengo.cli;

import picocli.CommandLine.Command;

/// The federation on this machine's LocalStack.
@Command(
    name = "local",
    header = "Deploys a federation on this machine, or stops it.",
    description = "Deploys a federation on this machine, on LocalStack, or stops it.",
    subcommands = {LocalUpCommand.class, LocalDownCommand.class})
final class LocalCommand extends GroupCommand {}
