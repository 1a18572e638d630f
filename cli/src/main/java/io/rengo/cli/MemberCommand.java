package io.rengo.cli;

import picocli.CommandLine.Command;

/// Works with the certificates of a federation's members.
@Command(
    name = "member",
    description = "Works with the certificates of a federation's members.",
    subcommands = {
      MemberRequestCommand.class,
      MemberApproveCommand.class,
      MemberRenewCommand.class,
      MemberRevokeCommand.class,
      MemberListCommand.class,
      MemberInspectCommand.class,
      MemberKitCommand.class
    })
final class MemberCommand extends GroupCommand {}
