package io.rengo.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs what the README and the pages for newcomers tell to run: every `./rengo` line of a page's
/// `sh` blocks, in order, in one folder.
class DocumentedCommandsTest {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  /// Run by other tests, or running this one.
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "./rengo test", "runs this test",
          "./rengo local up", "DeployedJobTest deploys by the same script",
          "./rengo local down", "DeployedJobTest deploys by the same script");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyCommandOfAPageSucceeds() throws IOException {
    Files.createSymbolicLink(folder.resolve("examples"), Federated.root().resolve("examples"));
    return Stream.of(
            "README.md",
            "docs/start/first-job.md",
            "docs/how-to/deploy.md",
            "docs/how-to/members.md",
            "docs/explanation/two-levels.md")
        .flatMap(page -> commands(page).stream().map(command -> test(page, command)));
  }

  private DynamicTest test(String page, String command) {
    return DynamicTest.dynamicTest(page + ": " + command, () -> run(command));
  }

  private static List<String> commands(String page) {
    try {
      String text = Files.readString(Federated.root().resolve(page));
      return BLOCK
          .matcher(text)
          .results()
          .flatMap(match -> match.group(1).lines())
          .filter(line -> line.startsWith("./rengo"))
          .filter(line -> !ELSEWHERE.containsKey(line.strip()))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(String command) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Drengo.home=" + folder,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.rengo.cli.Main"));
    line.addAll(
        List.of(command.strip().split("\\s+")).subList(1, command.strip().split("\\s+").length));
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("RENGO_PASSPHRASE", "several words that nobody guesses");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
