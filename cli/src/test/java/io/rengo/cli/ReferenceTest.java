package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Holds the reference to what the program does.
class ReferenceTest {
  private static final Path REFERENCE =
      Path.of(System.getProperty("rengo.root", "..")).resolve("docs/reference/cli.md");

  @TempDir Path folder;

  @Test
  void exitStatuses_areThoseOfTheReference() throws IOException {
    Map<Integer, String> documented = new TreeMap<>();
    Pattern.compile("(?m)^\\| (\\d+) \\| `(\\w+)` \\|")
        .matcher(Files.readString(REFERENCE))
        .results()
        .forEach(row -> documented.put(Integer.parseInt(row.group(1)), row.group(2)));
    Map<Integer, String> real = new TreeMap<>();
    Arrays.stream(ExitStatus.values())
        .forEach(status -> real.put(status.number(), status.name().toLowerCase()));

    assertThat(documented).isEqualTo(real);
  }

  @Test
  void errorCodes_endACommandAsTheReferenceSays() throws IOException {
    Map<String, Integer> documented = new TreeMap<>();
    for (MatchResult row :
        Pattern.compile("(?m)^\\| (\\d+) \\| `\\w+` \\|.*\\| (.*) \\|$")
            .matcher(Files.readString(REFERENCE))
            .results()
            .toList()) {
      Pattern.compile("`([A-Z_]+)`")
          .matcher(row.group(2))
          .results()
          .forEach(code -> documented.put(code.group(1), Integer.parseInt(row.group(1))));
    }
    Map<String, Integer> real = new TreeMap<>();
    for (ErrorCode code : ErrorCode.values()) {
      if (ExitStatus.of(code) != ExitStatus.FAILED) {
        real.put(code.name(), ExitStatus.of(code).number());
      }
    }

    assertThat(documented).isEqualTo(real);
  }

  @Test
  void commandsAndOptions_areAllInTheReference() throws IOException {
    String reference = Files.readString(REFERENCE);
    List<String> missing = new ArrayList<>();
    each(
        "rengo",
        new Shell(folder).commandLine(),
        (name, command) -> {
          if (!reference.contains("### `" + name)) {
            missing.add(name);
            return;
          }
          String section =
              reference.substring(reference.indexOf("### `" + name)).split("\n### ", 2)[0];
          for (OptionSpec option : command.getCommandSpec().options()) {
            if (!section.contains("`" + option.longestName()) && !common(option)) {
              missing.add(name + " " + option.longestName());
            }
          }
        });

    assertThat(missing).isEmpty();
  }

  @Test
  void everyCommand_hasHelpWithExamples() {
    each(
        "rengo",
        new Shell(folder).commandLine(),
        (name, command) -> {
          if (command.getSubcommands().isEmpty()) {
            String help = command.getUsageMessage();
            assertThat(help).as(name).contains("Usage: " + name).contains("--help");
            if (!name.endsWith("generate-completion")) {
              assertThat(help).as(name).contains("Examples:").contains("--format");
            }
          }
        });
  }

  @Test
  void completion_isGenerated() {
    Shell.Result result = new Shell(folder).run("generate-completion");

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("complete -F").contains("--resume");
  }

  @Test
  void wrongUse_isAnObjectInJsonAndAHintInText() {
    Shell.Result text = new Shell(folder).run("docto");
    Shell.Result json = new Shell(folder).run("run", "--no-such", "--format", "json");

    assertThat(text.status()).isEqualTo(ExitStatus.USAGE.number());
    assertThat(text.err()).contains("rengo doctor").contains("rengo --help");
    assertThat(text.out()).isEmpty();
    assertThat(json.json().at("/exitStatus").asInt()).isEqualTo(2);
    assertThat(json.err()).contains("--no-such");
  }

  @Test
  void defects_areToldApartFromErrors() {
    Shell shell =
        new Shell(folder)
            .over(variables -> {
              throw new IllegalStateException("broken");
            });

    Shell.Result brief = shell.run("list", "--on", "aws");
    Shell.Result verbose = shell.run("list", "--on", "aws", "--verbose");

    assertThat(brief.status()).isEqualTo(ExitStatus.DEFECT.number());
    assertThat(brief.err()).contains("broken").doesNotContain("\tat ");
    assertThat(verbose.err()).contains("\tat io.rengo.cli");
  }

  @Test
  void noCommand_showsThemAndEndsAsWrongUse() {
    Shell.Result result = new Shell(folder).run();

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE.number());
    assertThat(result.err()).contains("demo").contains("doctor");
  }

  private static boolean common(OptionSpec option) {
    return List.of("--help", "--format", "--verbose", "--version").contains(option.longestName())
        && !option.paramLabel().equals("N");
  }

  private interface Visit {
    void command(String name, CommandLine command);
  }

  private static void each(String name, CommandLine command, Visit visit) {
    visit.command(name, command);
    command.getSubcommands().forEach((sub, child) -> each(name + " " + sub, child, visit));
  }
}
