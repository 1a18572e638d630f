package io.rengo.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class MemberCommand implements Callable<Integer> {
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
