package io.rengo.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command without a subcommand: it says which there are.
@Command(
    name = "rengo",
    mixinStandardHelpOptions = true,
    version = "rengo 0.1.0",
    description = "Trains one model with members that keep their data.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nFirst steps:%n",
    footer = {
      "  rengo demo               see five members train a model on this machine",
      "  rengo init my-job        write a job file and an agent's configuration",
      "  rengo run my-job/job.yaml",
      "  rengo COMMAND --help     options and examples of a command"
    },
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      WatchCommand.class,
      ListCommand.class,
      AbortCommand.class,
      ModelCommand.class,
      CostCommand.class,
      PrivacyCommand.class,
      InitCommand.class,
      FederationCommand.class,
      MemberCommand.class,
      AuditCommand.class,
      DoctorCommand.class,
      LocalCommand.class,
      AutoComplete.GenerateCompletion.class
    })
final class Rengo implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      CommandLine command = spec.commandLine();
      command.usage(command.getErr());
    }
    return ExitStatus.USAGE.number();
  }
}
