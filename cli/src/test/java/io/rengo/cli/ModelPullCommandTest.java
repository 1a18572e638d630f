package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPullCommandTest {
  @TempDir Path folder;
  private final Deployment deployment = new Deployment();
  private Shell shell = new Shell(Path.of("."));

  @BeforeEach
  void models() {
    shell = new Shell(folder).over(deployment);
    deployment.begin("trial");
    deployment.putModel("trial", 0);
    deployment.putModel("trial", 1);
  }

  @Test
  void pull_fetchesTheNewest() throws IOException {
    Shell.Result result = shell.run("model", "pull", "trial", "--on", "aws");

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("version 1").contains("trial.safetensors");
    assertThat(folder.resolve("trial.safetensors")).hasContent("model 1 of trial");
    assertThat(files()).containsExactly("trial.safetensors");
  }

  @Test
  void pull_fetchesTheVersionAskedForIntoTheFileNamed() {
    Shell.Result result =
        shell.run(
            "model",
            "pull",
            "trial",
            "--on",
            "aws",
            "--version",
            "0",
            "-o",
            "sub/first.bin",
            "--format",
            "json");

    assertThat(result.json().at("/version").asInt()).isZero();
    assertThat(result.json().at("/bytes").asLong()).isEqualTo("model 0 of trial".length());
    assertThat(folder.resolve("sub/first.bin")).hasContent("model 0 of trial");
  }

  @Test
  void pull_replacesAFileOnlyWhenForced() throws IOException {
    Files.writeString(folder.resolve("trial.safetensors"), "mine");

    Shell.Result refused = shell.run("model", "pull", "trial", "--on", "aws");
    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE.number());
    assertThat(folder.resolve("trial.safetensors")).hasContent("mine");

    assertThat(shell.run("model", "pull", "trial", "--on", "aws", "--force").status()).isZero();
    assertThat(folder.resolve("trial.safetensors")).hasContent("model 1 of trial");
  }

  @Test
  void pull_ofAMissingVersionSaysSoAndLeavesNoFile() throws IOException {
    Shell.Result result = shell.run("model", "pull", "trial", "--on", "aws", "--version", "9");

    assertThat(result.status()).isEqualTo(ExitStatus.UNAVAILABLE.number());
    assertThat(result.err()).contains("no model of version 9").contains("OBJECT_MISSING");
    assertThat(files()).isEmpty();
  }

  @Test
  void pull_ofAnUnknownJobIsWrongInput() {
    assertThat(shell.run("model", "pull", "nobody", "--on", "aws").status())
        .isEqualTo(ExitStatus.USAGE.number());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }
}
