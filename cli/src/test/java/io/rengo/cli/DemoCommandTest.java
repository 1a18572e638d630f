package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir Path folder;

  @Test
  void demo_isClearlyBetterThanAloneAndNearPooled() {
    Shell.Result result = new Shell(folder).run("demo", "--format", "json");

    JsonNode answer = result.json();
    double federated = answer.at("/accuracy").asDouble();
    assertThat(result.status()).isZero();
    assertThat(federated).isGreaterThan(answer.at("/localOnlyAccuracy").asDouble() + 0.15);
    assertThat(federated).isGreaterThan(answer.at("/pooledAccuracy").asDouble() - 0.05);
    assertThat(answer.at("/rounds").asInt()).isEqualTo(10);
    assertThat(answer.at("/members").asInt()).isEqualTo(5);
    assertThat(answer.at("/seconds").asDouble()).isPositive();
    assertThat(Path.of(answer.at("/model").asText())).isNotEmptyFile();
    assertThat(result.err())
        .containsPattern("(?m)^ *10 +5 +5 ")
        .containsPattern("(?m)^each alone +0\\.")
        .containsPattern("(?m)^federated +0\\.")
        .containsPattern("(?m)^pooled +0\\.")
        .contains("model.safetensors")
        .contains("rengo init");
  }

  @Test
  void demo_withoutItsExampleSaysWhatIsMissing() {
    Shell.Result result = new Shell(folder, folder).run("demo");

    assertThat(result.status()).isEqualTo(ExitStatus.MISSING.number());
    assertThat(result.err()).contains("examples/digits/job.yaml");
  }
}
