package io.rengo.cli;

import picocli.CommandLine.Command;

/// Proves and tells the ledgers of jobs.
@Command(
    name = "audit",
    description = "Proves and tells the ledgers of jobs.",
    subcommands = {AuditVerifyCommand.class, AuditShowCommand.class})
final class AuditCommand extends GroupCommand {}
