package io.rengo.cli;

import io.rengo.cli.Finding.Verdict;
import io.rengo.identity.FederationFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks at the machine for what rengo can use.
final class Examination {
  private static final int JDK = 25;
  private static final long DISK = 2L << 30;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)[\\w.+-]*");

  private final World world;

  Examination(World world) {
    this.world = world;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(machine());
    FederationFolder federation =
        new FederationFolder(
            world.resolve(Path.of("federation")), world.clock(), new SecureRandom());
    if (Files.exists(federation.revokedFile())) {
      findings.add(list(new ListEnd(federation.listEnds())));
    }
    return List.copyOf(findings);
  }

  private Finding list(ListEnd list) {
    Optional<String> warning = list.warning(world.clock().instant());
    return new Finding(
        "list",
        warning.isPresent() ? Verdict.ABSENT : Verdict.FOUND,
        warning.orElse("of revoked certificates: good until " + list.ends()),
        "members' updates, which are refused without it",
        "`rengo federation publish`");
  }

  private List<Finding> machine() {
    return List.of(
        jdk(),
        maven(),
        program(
            "python3",
            List.of("python3", "--version"),
            version -> version.major() == 3 && version.minor() >= 11 && version.minor() <= 13,
            "3.11 to 3.13",
            "LocalStack (`rengo local up`, `rengo test`) and trainers in Python",
            "apt-get install python3 python3-venv, brew install python@3.13, or"
                + " https://www.python.org/downloads"),
        program(
            "node",
            List.of("node", "--version"),
            version -> version.major() >= 20,
            "20 or later",
            "deployments with the AWS CDK (`rengo local up`, `cdk deploy`)",
            "https://nodejs.org, apt-get install nodejs npm, or brew install node"),
        program(
            "docker",
            List.of("docker", "version", "--format", "{{.Server.Version}}"),
            version -> true,
            "any, with its daemon running",
            "images of the agent; nothing else needs it",
            "https://docs.docker.com/engine/install"),
        disk());
  }

  private record Version(int major, int minor, String text) {
    static Optional<Version> in(String output) {
      Matcher matcher = VERSION.matcher(output);
      return matcher.find()
          ? Optional.of(
              new Version(
                  Integer.parseInt(matcher.group(1)),
                  Integer.parseInt(matcher.group(2)),
                  matcher.group()))
          : Optional.empty();
    }
  }

  private static Finding jdk() {
    int feature = Runtime.version().feature();
    return new Finding(
        "JDK",
        feature >= JDK ? Verdict.FOUND : Verdict.MISSING,
        Runtime.version() + " in " + System.getProperty("java.home"),
        "everything",
        "JDK 25 or later: https://adoptium.net; set JAVA_HOME to it");
  }

  private Finding maven() {
    List<String> wrapper = List.of(world.home().resolve("mvnw").toString(), "--version");
    Finding installed =
        program(
            "Maven",
            List.of("mvn", "--version"),
            version -> version.major() > 3 || (version.major() == 3 && version.minor() >= 8),
            "3.8 or later",
            "building rengo from its sources, `rengo test`",
            "apt-get install maven, brew install maven, or https://maven.apache.org/download.cgi");
    return installed.verdict() == Verdict.FOUND || !Files.isExecutable(Path.of(wrapper.getFirst()))
        ? installed
        : new Finding(
            "Maven", Verdict.FOUND, "mvnw of this checkout", installed.purpose(), installed.mend());
  }

  private Finding program(
      String name,
      List<String> command,
      Predicate<Version> good,
      String wanted,
      String purpose,
      String mend) {
    Programs.Result result = world.programs().probe(command, LIMIT);
    if (result.status() != 0) {
      return new Finding(name, Verdict.ABSENT, "wanted: " + wanted, purpose, mend);
    }
    return Version.in(result.output())
        .map(version ->
            good.test(version)
                ? new Finding(name, Verdict.FOUND, version.text(), purpose, mend)
                : new Finding(
                    name,
                    Verdict.ABSENT,
                    "version " + version.text() + ", wanted: " + wanted,
                    purpose,
                    mend))
        .orElse(new Finding(name, Verdict.FOUND, "", purpose, mend));
  }

  private Finding disk() {
    String purpose = "builds, runs of simulations and LocalStack";
    String mend = "Free some space, or keep the runs elsewhere with --folder";
    try {
      long free = Files.getFileStore(world.folder()).getUsableSpace();
      boolean enough = free >= DISK && Files.isWritable(world.folder());
      return new Finding(
          "disk",
          enough ? Verdict.FOUND : Verdict.MISSING,
          "%.1f GiB free in %s%s"
              .formatted(
                  free / (double) (1L << 30),
                  world.folder(),
                  Files.isWritable(world.folder()) ? "" : ", which cannot be written to"),
          purpose,
          mend);
    } catch (IOException e) {
      return new Finding("disk", Verdict.MISSING, "not readable: " + world.folder(), purpose, mend);
    }
  }
}
