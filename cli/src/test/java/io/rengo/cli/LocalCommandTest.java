package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandTest {
  private static final String OUTPUTS =
      """
      {"rengo-demo-storage": {"Bucket": "rengo-demo-1", "Table": "rengo-demo"},
       "rengo-demo-workflow": {"JobStateMachine": "arn:aws:states:x:1:stateMachine:rengo-demo-job"}}
      """;

  @TempDir Path folder;

  private Shell shell() {
    Shell shell = new Shell(folder, folder);
    shell.programs.put("localstack/up.sh", new Programs.Result(0, "http://127.0.0.1:4567\n"));
    shell.programs.put("localstack/down.sh", new Programs.Result(0, ""));
    shell.programs.put("deploy-local.sh", new Programs.Result(0, OUTPUTS));
    return shell;
  }

  @Test
  void up_startsDeploysAndWritesDownHowToReachIt() {
    Shell shell = shell();

    Shell.Result result = shell.run("local", "up", "--members", "a,b", "--format", "json");

    assertThat(result.status()).isZero();
    assertThat(shell.ran).hasSize(2);
    assertThat(shell.ran.getLast()).contains("-c federation=demo -c members=a,b");
    assertThat(result.json().at("/variables/RENGO_BUCKET").asText()).isEqualTo("rengo-demo-1");
    assertThat(folder.resolve(".rengo/local.env"))
        .content()
        .contains("AWS_ENDPOINT_URL=http://127.0.0.1:4567")
        .contains("RENGO_JOB_STATE_MACHINE=arn:aws:states:x:1:stateMachine:rengo-demo-job");
  }

  @Test
  void onLocal_opensThePortsThatUpWroteDown() {
    AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());
    Deployment deployment = new Deployment();
    Shell shell = shell();
    shell.environment = Map.of("PATH", "/bin", "RENGO_BUCKET", "another");
    shell.over(variables -> {
      seen.set(variables);
      return deployment.ports;
    });
    shell.run("local", "up");

    assertThat(shell.run("list", "--on", "local").status()).isZero();
    assertThat(seen.get())
        .containsEntry("RENGO_BUCKET", "rengo-demo-1")
        .containsEntry("RENGO_FEDERATION", "demo")
        .containsEntry("PATH", "/bin");
  }

  @Test
  void onLocal_withoutADeploymentSaysHowToGetOne() {
    Shell.Result result = shell().run("list", "--on", "local");

    assertThat(result.status()).isEqualTo(ExitStatus.MISSING.number());
    assertThat(result.err()).contains("rengo local up");
  }

  @Test
  void up_usesTheLocalStackThatIsGiven() {
    Shell shell = shell();
    shell.environment = Map.of("RENGO_AWS_ENDPOINT", "http://elsewhere:4566");

    Shell.Result up = shell.run("local", "up", "--format", "json");
    Shell.Result down = shell.run("local", "down");

    assertThat(up.json().at("/variables/AWS_ENDPOINT_URL").asText())
        .isEqualTo("http://elsewhere:4566");
    assertThat(down.status()).isZero();
    assertThat(shell.ran).hasSize(2).noneMatch(line -> line.contains("localstack"));
    assertThat(shell.ran.getLast()).contains("--destroy");
  }

  @Test
  void up_onAMachineThatLacksSomethingEndsAsMissing() {
    Shell shell = shell();
    shell.programs.put("localstack/up.sh", new Programs.Result(3, ""));

    Shell.Result result = shell.run("local", "up");

    assertThat(result.status()).isEqualTo(ExitStatus.MISSING.number());
    assertThat(result.err()).contains("PREREQUISITE_MISSING").contains("rengo doctor");
    assertThat(folder.resolve(".rengo/local.env")).doesNotExist();
  }

  @Test
  void down_stopsAndForgets() {
    Shell shell = shell();
    shell.run("local", "up");

    assertThat(shell.run("local", "down").status()).isZero();
    assertThat(shell.ran.getLast()).endsWith("localstack/down.sh");
    assertThat(folder.resolve(".rengo/local.env")).doesNotExist();
  }
}
