package io.rengo.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Starts LocalStack and deploys a federation there.
@Command(
    name = "up",
    header = "Starts LocalStack and deploys a federation there.",
    description =
        "Starts LocalStack on this machine, unless RENGO_AWS_ENDPOINT names one that runs, and"
            + " deploys a federation there by the CDK. What --on local then uses is written to"
            + " .rengo/local.env.",
    footerHeading = "%nExamples:",
    footer = {
      "  rengo local up",
      "  rengo local up --federation clinics --members north,south,west",
      "  rengo run examples/digits/job.yaml --on local --detach"
    })
final class LocalUpCommand implements Callable<Integer> {
  @Option(names = "--federation", paramLabel = "NAME", description = "Its name (${DEFAULT-VALUE}).")
  private String federation = "demo";

  @Option(
      names = "--members",
      paramLabel = "NAME,NAME…",
      description = "Its members (${DEFAULT-VALUE}).")
  private String members = "member-1,member-2,member-3";

  @Mixin private Options options = new Options();

  private final World world;

  LocalUpCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    LocalDeployment deployment = new LocalDeployment(world);
    Map<String, String> variables = deployment.up(federation, members);
    Screen screen = options.text(world);
    screen
        .out()
        .println(
            """
            federation %s is up at %s with the members %s
            next   start each member's agent with the variables of %s
                   rengo run JOB.yaml --on local
                   rengo local down\
            """
                .formatted(
                    federation,
                    variables.get(LocalDeployment.ENDPOINT),
                    members,
                    world.show(deployment.file())));
    screen.out().flush();
    new Answer()
        .with("federation", federation)
        .with("members", members.split(","))
        .with("variables", variables)
        .with("file", deployment.file().toString())
        .print(options, world);
    return ExitStatus.OK.number();
  }
}
