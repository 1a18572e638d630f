package io.rengo.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// An agent as a process of its own, as on a member's host.
record AgentProcess(Process process, Path log) implements AutoCloseable {
  static AgentProcess start(
      Federated federated,
      String federation,
      String member,
      Map<String, String> environment,
      String... more)
      throws IOException {
    Path config = federated.folder().resolve(member + ".yaml");
    Files.writeString(
        config,
        """
        federation: %s
        member: %s
        data: %s
        work: work-%s
        health: %s.health
        lease-seconds: 6
        trainers: {process: {command: [bash, %s, %s, %s]}}
        """
                .formatted(
                    federation,
                    member,
                    federated.data(member),
                    member,
                    member,
                    federated.folder().resolve("train.sh"),
                    member,
                    Federated.root())
            + String.join("\n", more));
    Files.createDirectories(federated.folder().resolve("work-" + member));
    Path log = federated.folder().resolve(member + "-" + System.nanoTime() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.rengo.agent.Main",
                "--config",
                config.toString()));
    builder.environment().putAll(environment);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new AgentProcess(builder.start(), log);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
  }
}
