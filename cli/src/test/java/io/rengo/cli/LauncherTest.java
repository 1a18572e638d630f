package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a checkout with a JDK and a Maven that only say how they are called.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo "mvn $* JAVA_HOME=$JAVA_HOME" >>"$CALLS"
      echo '[INFO] Building rengo-core 0.1.0-SNAPSHOT                                [1/2]'
      case "$*" in *"$FAIL_ON"*) echo '[ERROR] it broke'; exit 1 ;; esac
      mkdir -p cli/target
      """;

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      echo "java $*" >>"$CALLS"
      case "$*" in *jdk.incubator.vector*) echo 'WARNING: Using incubator modules: x' >&2 ;; esac
      echo 'first line' >&2
      printf 'no end' >&2
      """;

  @TempDir Path folder;
  private Path root = Path.of(".");
  private Path calls = Path.of(".");
  private String failOn = "nothing";

  @BeforeEach
  void checkout() throws IOException {
    root = folder.resolve("check out");
    calls = folder.resolve("calls");
    Path real = Path.of(System.getProperty("rengo.root", "..")).resolve("rengo");
    // Places that a real machine may have a JDK in are out of the way.
    write(
        "rengo",
        Files.readString(real).replace("/usr/lib/jvm", "/none").replace("/opt/", "/none/"));
    write("bin/mvn", MAVEN);
    write("jdk/bin/java", JAVA);
    write("jdk/bin/javac", "#!/usr/bin/env bash\n");
    write("jdk/release", "JAVA_VERSION=\"25.0.1\"\n");
    write("pom.xml", "<project/>");
    write("core/src/main/java/A.java", "class A {}");
    write("core/src/test/java/T.java", "class T {}");
    Files.createDirectories(root.resolve("cli/target"));
    // A file system may keep whole seconds: the build's begin is later than these.
    for (String source :
        List.of("pom.xml", "core/src/main/java/A.java", "core/src/main/java", "core/src/main")) {
      age(source, Duration.ofHours(1));
    }
  }

  @Test
  void launcher_buildsOnceAndPassesTheWordsOn() throws Exception {
    Run first = run("run", "my job.yaml", "--rounds", "2");
    Run second = run("list");

    assertThat(first.status()).isZero();
    assertThat(first.output()).endsWith("first line\nno end").doesNotContain("WARNING");
    assertThat(second.output()).isEqualTo("first line\nno end");
    assertThat(first.output())
        .contains("building")
        .contains("[1/2] rengo-core")
        .contains("built in");
    assertThat(Files.readAllLines(calls)).hasSize(3);
    assertThat(Files.readAllLines(calls).getFirst())
        .contains("-pl cli -am package -DskipTests")
        .endsWith("JAVA_HOME=" + root.resolve("jdk"));
    assertThat(Files.readAllLines(calls).get(1))
        .contains("-Drengo.home=" + root)
        .contains("--add-modules jdk.incubator.vector")
        .endsWith("io.rengo.cli.Main run my job.yaml --rounds 2");
  }

  @Test
  void launcher_buildsAgainWhenASourceIsNewer() throws Exception {
    run("list");
    age("core/src/test/java/T.java", Duration.ofMinutes(-1));
    assertThat(run("list").output()).doesNotContain("building");

    age("core/src/main/java/A.java", Duration.ofMinutes(-1));
    assertThat(run("list").output()).contains("building");
  }

  @Test
  void launcher_tellsWhyABuildFailedAndStartsNothing() throws Exception {
    failOn = "package";

    Run run = run("list");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED.number());
    assertThat(run.output()).contains("[ERROR] it broke").contains("the build failed");
    assertThat(Files.readString(calls)).doesNotContain("java ");
  }

  @Test
  void launcher_withoutAJdkSaysHowToGetOne() throws Exception {
    write("jdk/release", "JAVA_VERSION=\"21.0.4\"\n");

    Run run = run("demo");

    assertThat(run.status()).isEqualTo(ExitStatus.MISSING.number());
    assertThat(run.output()).contains("no JDK 25").contains("https://adoptium.net");
  }

  @Test
  void test_verifiesEverythingWithTheArgumentsGivenAndCounts() throws Exception {
    write(
        "core/target/surefire-reports/TEST-A.xml",
        "<testsuite name=\"A\" time=\"1\" tests=\"7\" errors=\"0\" skipped=\"1\" failures=\"0\">");
    write(
        "core/target/surefire-reports/TEST-B.xml",
        "<testsuite name=\"B\" time=\"1\" tests=\"5\" errors=\"1\" skipped=\"0\" failures=\"1\">");
    age("core/target/surefire-reports/TEST-A.xml", Duration.ofMinutes(-1));
    age("core/target/surefire-reports/TEST-B.xml", Duration.ofMinutes(-1));
    failOn = "verify";

    Run run = run("test", "-pl", "core");

    assertThat(run.status()).isEqualTo(1);
    assertThat(Files.readString(calls))
        .contains("verify -pl core JAVA_HOME=" + root.resolve("jdk"));
    assertThat(run.output()).contains("12 tests, 2 failed, 1 skipped").contains("[ERROR] it broke");
  }

  private record Run(int status, String output) {}

  private Run run(String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(root.resolve("rengo").toString());
    builder.command().addAll(List.of(words));
    builder.directory(root.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    builder.environment().put("CALLS", calls.toString());
    builder.environment().put("FAIL_ON", failOn);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
    path.toFile().setExecutable(true);
  }

  private void age(String file, Duration age) throws IOException {
    Files.setLastModifiedTime(
        root.resolve(file), FileTime.from(Instant.now().minus(age).plusMillis(1)));
  }
}
