package io.rengo.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The federation on this machine's LocalStack.
@Command(
    name = "local",
    header = "Deploys a federation on this machine, or stops it.",
    description = "Deploys a federation on this machine, on LocalStack, or stops it.",
    subcommands = {LocalUpCommand.class, LocalDownCommand.class})
final class LocalCommand implements Callable<Integer> {
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
