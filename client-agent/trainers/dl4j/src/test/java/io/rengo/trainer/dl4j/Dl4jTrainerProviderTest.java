package io.rengo.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.agent.MemberData;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.Layout;
import io.rengo.core.TensorSpec;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Dl4jTrainerProviderTest {
  private static final ObjectNode NONE = JsonNodeFactory.instance.objectNode();

  @Test
  void provider_isFoundByItsName() {
    assertThat(ServiceLoader.load(TrainerProvider.class))
        .anyMatch(provider -> provider.name().equals("dl4j"));
  }

  @Test
  void configuration_mayBeATree() throws JsonProcessingException {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.set("configuration", Json.MAPPER.readTree(Networks.digits()));
    Trainer trainer = open(settings, Dl4jModel.layout(Networks.digits()));
    assertThat(trainer.evaluate(new float[64 * 32 + 32 + 320 + 10]).examples()).isEqualTo(359);
  }

  @Test
  void otherLayout_isRefused() {
    Layout other = new Layout(List.of(new TensorSpec("0_W", List.of(64, 31))));
    JsonNode settings =
        JsonNodeFactory.instance.objectNode().put("configuration", Networks.digits());
    assertThatThrownBy(() -> open(settings, other))
        .hasMessageContaining("TASK_INVALID")
        .hasMessageContaining("[64, 31]");
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, false, DOUBLE",
    "false, true, false, clip-norm",
    "false, false, true, weight decay"
  })
  void whatIsNotDone_isRefused(boolean doubles, boolean normalized, boolean decayed, String named) {
    refused(Networks.refused(doubles, normalized, decayed), named);
  }

  @Test
  void otherText_isRefused() {
    refused("{\"confs\": 3}", "does not take");
    refused("not json", "is not JSON");
    assertThatThrownBy(() -> open(NONE, new Layout(List.of(new TensorSpec("w", List.of(1))))))
        .hasMessageContaining("TASK_INVALID")
        .hasMessageContaining("no configuration");
  }

  @Test
  void standardOutput_staysClean() throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Drengo.root=" + System.getProperty("rengo.root"),
                "-cp",
                System.getProperty("java.class.path"),
                Quiet.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).isZero();
    assertThat(output).isEmpty();
  }

  /// A program that evaluates a network.
  static final class Quiet {
    public static void main(String[] args) {
      JsonNode settings =
          JsonNodeFactory.instance.objectNode().put("configuration", Networks.digits());
      open(settings, Dl4jModel.layout(Networks.digits()))
          .evaluate(new float[64 * 32 + 32 + 320 + 10]);
      System.exit(0);
    }
  }

  private static void refused(String configuration, String named) {
    assertThatThrownBy(() -> Dl4jModel.layout(configuration))
        .isInstanceOfSatisfying(
            RengoException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.TASK_INVALID))
        .hasMessageContaining(named);
  }

  private static Trainer open(JsonNode settings, Layout layout) {
    MemberData data = TestData.digits();
    return new Dl4jTrainerProvider()
        .open(new TrainerProvider.Context(NONE, settings, NONE, layout, () -> data, Path.of("")));
  }
}
