package io.rengo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says what this machine lacks.
@Command(
    name = "doctor",
    header = "Says what this machine lacks.",
    description =
        "Checks what this machine has of what rengo can use, and says how to get the rest. The exit"
            + " status is 3 where something is missing that nothing runs without.",
    footerHeading = "%nExamples:",
    footer = {"  rengo doctor", "  rengo doctor --format json"})
final class DoctorCommand implements Callable<Integer> {
  @Mixin private Options options = new Options();

  private final World world;

  DoctorCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new Examination(world).findings();
    PrintWriter out = options.text(world).out();
    for (Finding finding : findings) {
      out.println(
          options
              .text(world)
              .ansi()
              .string(
                  "%s  %-8s %s"
                      .formatted(mark(finding), finding.name(), finding.found())
                      .stripTrailing()));
      if (finding.verdict() != Finding.Verdict.FOUND) {
        out.println("         for  " + finding.purpose());
        out.println("         get  " + finding.mend());
      }
    }
    boolean ready = findings.stream().noneMatch(f -> f.verdict() == Finding.Verdict.MISSING);
    out.println(ready ? "ready" : "not ready: get what is marked as missing");
    out.flush();
    new Answer().with("ready", ready).with("checks", findings).print(options, world);
    return (ready ? ExitStatus.OK : ExitStatus.MISSING).number();
  }

  private static String mark(Finding finding) {
    return switch (finding.verdict()) {
      case FOUND -> "@|green ok     |@";
      case ABSENT -> "@|yellow absent |@";
      case MISSING -> "@|red missing|@";
    };
  }
}
