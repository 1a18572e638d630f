package io.rengo.cli;

import picocli.CommandLine.Command;

/// What can be done with models.
@Command(
    name = "model",
    description = "Works with the models of jobs.",
    subcommands = {ModelPullCommand.class, ModelAuditCommand.class, ModelPromoteCommand.class})
final class ModelCommand extends GroupCommand {}
